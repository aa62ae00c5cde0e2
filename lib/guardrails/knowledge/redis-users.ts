import { containers, mountedVolumes, nameOf, tenantOf, uploadsOf } from '../containers';
import { textOf, type Resource, type StackJson } from '../stack-json';
import { parseAcl, type RedisUser } from './redis-acl';
import { tenants, type KnownTenant } from './tenants';
import { once } from '../once';

/** A user of Redis that can log in, and where its rights are written. */
export interface KnownRedisUser {
  readonly stack: StackJson;
  /** What carries its rights: a file, or a secret of Vault from which such a file is made. */
  readonly at: Resource;
  readonly user: RedisUser;
  /** Whose it is; undefined when it is nobody's that is known. */
  readonly tenant?: KnownTenant;
  /** Volumes with the file; none when it is made from Vault. */
  readonly volumes: readonly string[];
}

/** Every user of Redis that the stacks describe. */
export const redisUsers = once((stacks: readonly StackJson[]): KnownRedisUser[] => {
  const all = tenants(stacks);
  return stacks.flatMap((stack) =>
    [...inFiles(stack), ...inVault(stack)]
      .filter(({ user }) => user.isOn)
      .map(({ at, user, holder, volumes }) => {
        // In a Redis that tenants share, a user is called like the tenant whose it is.
        const tenant = all.find(({ id, names }) =>
          holder === undefined ? [id, names.entity].includes(user.name) : id === holder,
        );
        return { stack, at, user, volumes, ...(tenant && { tenant }) };
      }),
  );
});

function inFiles(stack: StackJson) {
  return containers(stack).flatMap((at) =>
    Object.entries(uploadsOf(at))
      .filter(([file]) => file.endsWith('.acl'))
      .flatMap(([, content]) => parseAcl(content))
      .map((user) => ({
        at,
        user,
        holder: tenantOf(at),
        volumes: mountedVolumes(stack, at).map(({ volume }) => volume),
      })),
  );
}

function inVault(stack: StackJson) {
  const secrets = ['vault_generic_secret', 'vault_kv_secret_v2'].flatMap((type) => stack.resources(type));
  return secrets.flatMap((at) => {
    const { name, rules } = readJson(textOf(at.values.data_json));
    if (typeof name !== 'string' || typeof rules !== 'string') return [];
    return parseAcl(`user ${name} on ${rules}`).map((user) => ({
      at,
      user,
      holder: undefined,
      volumes: [],
    }));
  });
}

function readJson(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** How reports call a user. */
export function redisUserId({ user, at }: KnownRedisUser): string {
  return `user ${user.name} of ${nameOf(at)}`;
}
