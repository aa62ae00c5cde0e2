import { containers, nameOf, platformOf, tenantOf } from '../guardrails/containers';
import { hostPart } from '../guardrails/knowledge/host-network';
import { isSilent } from '../guardrails/knowledge/networks';
import { isDeadEnd } from '../guardrails/knowledge/volumes';
import { list, textOf, type Resource, type StackJson } from '../guardrails/stack-json';
import type { Thing } from './graph';

export function containerId(container: Resource): string {
  return `container ${nameOf(container)}`;
}

/** Every container: whoever holds a tenant's means could start from those that run, and that something can get into. */
export function containerThings(stacks: readonly StackJson[]): Thing[] {
  return stacks.flatMap((stack) =>
    containers(stack).map((container) => {
      const owner = tenantOf(container);
      const isStart = container.values.start !== false && !isDeadEnd({ stack, container });
      return { id: containerId(container), isStart, ...(owner !== undefined && { owner }) };
    }),
  );
}

/**
 * What a container of the platform is that is trusted to keep tenants apart; undefined for every other one, which is taken
 * to pass on whatever it gets.
 */
export function guardKind(container: Resource): string | undefined {
  if (platformOf(container) === undefined || tenantOf(container) !== undefined) return undefined;
  if (isVaultServer(container)) return 'vault';
  return hostPart(container) ?? (isSilent(container) ? 'sidecar' : undefined);
}

function isVaultServer({ values }: Resource): boolean {
  const words = list(values.entrypoint).map(textOf);
  return words.some((word, at) => /(^|\/)vault$/.test(word) && words[at + 1] === 'server');
}
