import { containers, tenantOf, uploadsOf } from '../containers';
import { keysMeet, keysOf, parseAcl, type RedisUser } from '../knowledge/redis-acl';
import { othersThan, tenants, type KnownTenant } from '../knowledge/tenants';
import type { Rule } from '../rule';

export const redisReach: Rule = {
  id: 'redis-reach',
  severity: 'error',
  cause:
    "A user of Redis may use keys that are another tenant's, be it there or yet to come, or every command there is.",
  why: "In a Redis that tenants share it could read and change the other's data; in one of its own nothing else would stop a mistake.",
  remedy:
    "name the tenant's own keys: ~<id>_*, ~lock_<id>_* and ~<id>.*, and the commands that its node sends",
  sightings: ({ stacks }) => {
    const all = tenants(stacks);
    return stacks.flatMap((stack) =>
      containers(stack).flatMap((carrier) => {
        const users = Object.entries(uploadsOf(carrier)).flatMap(([file, content]) =>
          file.endsWith('.acl') ? parseAcl(content).filter(({ isOn }) => isOn) : [],
        );
        const faults = users.flatMap((user) => faultOf(user, tenantOf(carrier), all));
        return faults.slice(0, 1).map((what) => ({ stack, at: carrier, what }));
      }),
    );
  },
};

function faultOf(user: RedisUser, holder: string | undefined, all: readonly KnownTenant[]): string[] {
  if (
    user.commands.includes('+@all') ||
    user.commands.includes('+@admin') ||
    user.commands.includes('+@dangerous')
  )
    return [`user ${user.name} may use every command`];
  // In a Redis that belongs to no tenant a user is called like the tenant whose it is.
  const self = all.find(({ id }) => id === (holder ?? user.name));
  if (self === undefined) return [];
  const other = othersThan(self, all).find(({ id }) =>
    keysOf(id).some((theirs) => user.keys.some((own) => keysMeet(own, theirs))),
  );
  return other === undefined ? [] : [`user ${user.name} may use keys that are tenant ${other.id}'s`];
}
