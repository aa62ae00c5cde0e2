import { keysMeet, keysOf } from '../knowledge/redis-acl';
import { redisUsers, type KnownRedisUser } from '../knowledge/redis-users';
import { othersThan, tenants, type KnownTenant } from '../knowledge/tenants';
import type { Rule } from '../rule';

const EVERYTHING = ['+@all', '+@admin', '+@dangerous'];

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
    return redisUsers(stacks).flatMap((known) => {
      const what = faultOf(known, all);
      return what === undefined ? [] : [{ stack: known.stack, at: known.at, what }];
    });
  },
};

function faultOf({ user, tenant }: KnownRedisUser, all: readonly KnownTenant[]): string | undefined {
  if (user.commands.some((command) => EVERYTHING.includes(command)))
    return `user ${user.name} may use every command`;
  if (tenant === undefined) return undefined;
  const other = othersThan(tenant, all).find(({ id }) =>
    keysOf(id).some((theirs) => user.keys.some((own) => keysMeet(own, theirs))),
  );
  return other === undefined ? undefined : `user ${user.name} may use keys that are tenant ${other.id}'s`;
}
