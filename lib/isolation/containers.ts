import { containers, nameOf, platformOf, tenantOf } from '../guardrails/containers';
import { hostPart } from '../guardrails/knowledge/host-network';
import { isSilent } from '../guardrails/knowledge/silence';
import { isVaultServer } from '../guardrails/knowledge/vault-server';
import { isDeadEnd } from '../guardrails/knowledge/volumes';
import type { Resource, StackJson } from '../guardrails/stack-json';
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
export function guardKind(stack: StackJson, container: Resource): string | undefined {
  const platform = platformOf(container);
  if (platform === undefined || tenantOf(container) !== undefined) return undefined;
  if (isVaultServer(container)) return 'vault';
  if (nameOf(container) === `${platform}-platform-redis`) return 'redis';
  return hostPart(container) ?? (isSilent(stack, container) ? 'sidecar' : undefined);
}
