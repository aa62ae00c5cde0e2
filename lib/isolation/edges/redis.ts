import { keysMeet, keysOf } from '../../guardrails/knowledge/redis-acl';
import { redisUserId, redisUsers, type KnownRedisUser } from '../../guardrails/knowledge/redis-users';
import { othersThan, tenants } from '../../guardrails/knowledge/tenants';
import { vaultLogins } from '../../guardrails/knowledge/vault-logins';
import type { StackJson } from '../../guardrails/stack-json';
import type { Edge, Thing } from '../graph';
import { loginId } from './vault';
import { volumeId } from './volume';

const keysId = (tenant: string) => `keys of ${tenant} in Redis`;

export function redisThings(stacks: readonly StackJson[]): Thing[] {
  const all = tenants(stacks);
  const ids = new Set(all.flatMap((tenant) => [tenant, ...othersThan(tenant, all)]).map(({ id }) => id));
  return [...ids].map((id) => ({ id: keysId(id), owner: id }));
}

/** To the users of Redis from what makes one them, and on to the keys that they may use, wherever those keys are. */
export function redisEdges(stacks: readonly StackJson[]): Edge[] {
  const kind = 'redis' as const;
  const all = tenants(stacks);
  return redisUsers(stacks).flatMap((known): Edge[] => {
    const { tenant, user } = known;
    const id = redisUserId(known);
    const everybody = tenant === undefined ? all : [tenant, ...othersThan(tenant, all)];
    return [
      ...origins(known, stacks).map((from) => ({ kind, from, how: 'makes', to: id })),
      ...everybody
        .filter((one) => keysOf(one.id).some((theirs) => user.keys.some((own) => keysMeet(own, theirs))))
        .map((one) => ({ kind, from: id, how: 'may use', to: keysId(one.id) })),
    ];
  });
}

/** The volumes with its rights; where they are made from Vault, the logins of its tenant, one of which reads the password. */
function origins({ volumes, tenant }: KnownRedisUser, stacks: readonly StackJson[]): string[] {
  if (volumes.length > 0) return volumes.map(volumeId);
  return vaultLogins(stacks)
    .filter((login) => tenant !== undefined && login.tenant === tenant.id)
    .map(({ name }) => loginId(name));
}
