import { networksOf, started } from '../../guardrails/containers';
import { networks } from '../../guardrails/knowledge/networks';
import { isSilent } from '../../guardrails/knowledge/silence';
import { objects, textOf, type Resource, type StackJson } from '../../guardrails/stack-json';
import { containerId, guardKind } from '../containers';
import type { Edge, Thing } from '../graph';

export const networkId = (name: string) => `network ${name}`;

export function networkThings(stacks: readonly StackJson[]): Thing[] {
  return networks(stacks).map(({ name, owner }) => ({
    id: networkId(name),
    ...(owner !== undefined && { owner }),
  }));
}

/** From a container to its networks; from a network to what listens on it, and to what listens on the host. */
export function networkEdges(stacks: readonly StackJson[]): Edge[] {
  const kind = 'network' as const;
  const everywhere = listeningOnHost(stacks);
  return networks(stacks).flatMap(({ name, members }) => [
    ...members
      .filter(({ stack, container }) => guardKind(stack, container) === undefined)
      .map(({ container }) => ({
        kind,
        from: containerId(container),
        how: 'is on',
        to: networkId(name),
      })),
    ...members
      .filter(({ stack, container }) => !isSilent(stack, container))
      .map(({ container }) => ({ kind, from: networkId(name), how: 'leads to', to: containerId(container) })),
    ...everywhere.map((container) => ({
      kind,
      from: networkId(name),
      how: 'leads by an address of the host to',
      to: containerId(container),
    })),
  ]);
}

/** Containers that every bridge reaches by an address of the host: on its network, or with a port published there. */
export function listeningOnHost(stacks: readonly StackJson[]): Resource[] {
  return stacks.flatMap((stack) =>
    started(stack).filter(
      (container) =>
        networksOf(stack, container).includes('host') ||
        container.values.publish_all_ports === true ||
        objects(container.values.ports).some(({ ip }) => !/^(127\.|::1$)/.test(textOf(ip))),
    ),
  );
}
