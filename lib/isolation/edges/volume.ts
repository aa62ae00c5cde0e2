import { volumes } from '../../guardrails/knowledge/volumes';
import type { StackJson } from '../../guardrails/stack-json';
import { containerId, guardKind } from '../containers';
import type { Edge, Thing } from '../graph';

export const volumeId = (name: string) => `volume ${name}`;

export function volumeThings(stacks: readonly StackJson[]): Thing[] {
  return volumes(stacks).map(({ name, owner }) => ({
    id: volumeId(name),
    ...(owner !== undefined && { owner }),
  }));
}

/** Both ways, however it is mounted: a socket can be opened through a mount that is read-only. */
export function volumeEdges(stacks: readonly StackJson[]): Edge[] {
  const kind = 'volume' as const;
  return volumes(stacks).flatMap(({ name, mountings }) =>
    mountings.flatMap(({ stack, container }) => [
      ...(guardKind(stack, container) === undefined
        ? [{ kind, from: containerId(container), how: 'mounts', to: volumeId(name) }]
        : []),
      { kind, from: volumeId(name), how: 'is mounted by', to: containerId(container) },
    ]),
  );
}
