import { PlatformNames, tenantIdProblem, type TenantNames } from '../../names';
import { platformOf, tenantOf } from '../containers';
import type { StackJson } from '../stack-json';
import { once } from '../once';

/** A tenant, as the labels of what it has tell it. */
export interface KnownTenant {
  readonly id: string;
  readonly platform: PlatformNames;
  readonly names: TenantNames;
}

/** Every tenant that has something in the stacks, by id. */
export const tenants = once((stacks: readonly StackJson[]): KnownTenant[] => {
  const found = new Map<string, string>();
  for (const resource of stacks.flatMap((stack) => stack.resources())) {
    const id = tenantOf(resource);
    if (id !== undefined && tenantIdProblem(id) === undefined) found.set(id, platformOf(resource) ?? 'nuts');
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, name]) => tenantOn(name, id));
});

/**
 * The tenants that a tenant must never meet: those that are there, and some that may come, among them those whose names begin or end
 * like its own.
 */
export function othersThan({ id, platform }: KnownTenant, all: readonly KnownTenant[]): KnownTenant[] {
  const present = all.filter((other) => other.id !== id);
  const imagined = [`${id}x`, `${id}-x`, `x-${id}`, 'somebody-else']
    .filter((other) => tenantIdProblem(other) === undefined && all.every((tenant) => tenant.id !== other))
    .map((other) => tenantOn(platform.platform, other));
  return [...present, ...imagined];
}

function tenantOn(name: string, id: string): KnownTenant {
  const platform = new PlatformNames(name);
  return { id, platform, names: platform.tenant(id) };
}

function patternsOf({ id, names, platform }: KnownTenant): string[] {
  const { keysMount, secretsMount, entity, pkiRole } = names;
  return [
    ...[keysMount, secretsMount].flatMap((mount) => [mount, `${mount}/*`, `sys/mounts/${mount}`]),
    ...['issue', 'sign', 'roles'].map((verb) => `${platform.pkiMount}/${verb}/${pkiRole}`),
    // Of a Redis that tenants share.
    `${platform.platform}.redis/+/users/${id}`,
    `${platform.platform}.redis/+/passwords/${id}/*`,
    `auth/${platform.approleMount}/role/${entity}.*`,
    `sys/policies/acl/${entity}.*`,
  ];
}

const patterns = new WeakMap<KnownTenant, readonly string[]>();

/** Patterns of everything in Vault that belongs to a tenant. */
export function vaultPathsOf(tenant: KnownTenant): readonly string[] {
  const found = patterns.get(tenant) ?? patternsOf(tenant);
  patterns.set(tenant, found);
  return found;
}
