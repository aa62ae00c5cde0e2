import type { AttackGroup } from '../attack';
import { redisCommand } from './redis-command';

/**
 * What of the attacks on Redis only reads, for real tenants: its own access rules aren't asked with ACL DRYRUN, since the node's user,
 * which is the only one, may not use ACL at all.
 */
export const REDIS_READS: AttackGroup = {
  name: 'redis',
  harmless: true,

  controls: (duel) => [
    redisCommand(duel, ['ping']),
    redisCommand(duel, ['get', `${duel.from.names.id}_proof`]),
  ],

  attacks: (duel) => {
    const { id } = duel.to.names;
    return [
      ...[`${id}_proof`, `lock_${id}_proof`, `${id}.proof`].map((key) => ['exists', key]),
      ['get', `${id}_proof`],
      ['strlen', `${id}_proof`],
      ['acl', 'dryrun', 'default', 'flushall'],
      ['acl', 'cat'],
      ['config', 'get', 'maxmemory'],
      ['client', 'id'],
      ['client', 'no-evict', 'off'],
      ['dbsize'],
      ['info', 'server'],
      ['pubsub', 'numpat'],
      ['time'],
      ['lastsave'],
      ['role'],
      ['select', '0'],
    ].map((command) => redisCommand(duel, command));
  },
};
