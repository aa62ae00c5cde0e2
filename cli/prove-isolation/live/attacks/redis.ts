import type { AttackGroup } from '../attack';
import { redisCommand } from './redis-command';

/** Takes over a node, and uses its way to Redis for another tenant's keys or for power over the server. */
export const REDIS: AttackGroup = {
  name: 'redis',
  harmless: false,
  // Some of these would stop or block the server, and so the attempts beside them.
  atOnce: 1,

  controls: (duel) => {
    const own = `${duel.from.names.id}_proof`;
    return [
      redisCommand(duel, ['set', own, 'x', 'ex', '60']),
      redisCommand(duel, ['get', own]),
      redisCommand(duel, ['eval', "return redis.call('get', KEYS[1])", '1', own]),
    ];
  },

  attacks: (duel) => {
    const own = `${duel.from.names.id}_proof`;
    const id = duel.to.names.id;
    const theirs = [`${id}_proof`, `lock_${id}_proof`, `${id}.proof`];
    const key = theirs[0] ?? '';
    return [
      ...theirs.flatMap((name) => [
        ['get', name],
        ['set', name, 'x'],
        ['del', name],
      ]),
      ['mget', own, key],
      ['rename', own, key],
      ['copy', key, own],
      ['dump', key],
      ['restore', key, '0', 'x'],
      ['object', 'encoding', key],
      ['sort', own, 'get', `${id}_*`],
      ['eval', "return redis.call('get', KEYS[1])", '1', key],
      // A key that isn't announced.
      ['eval', `return redis.call('get', '${key}')`, '0'],
      ['eval', "return redis.call('flushall')", '0'],
      ['eval', "return redis.call('config', 'get', 'dir')", '0'],
      ['keys', '*'],
      ['randomkey'],
      ['dbsize'],
      ['config', 'get', '*'],
      ['config', 'set', 'dir', '/tmp'],
      ['config', 'rewrite'],
      ['acl', 'list'],
      ['acl', 'setuser', 'intruder', 'on', 'nopass', '~*', '+@all'],
      ['acl', 'whoami'],
      ['monitor'],
      ['debug', 'sleep', '0'],
      ['select', '1'],
      ['swapdb', '0', '1'],
      ['migrate', '127.0.0.1', '6380', key, '0', '100'],
      ['move', key, '1'],
      ['publish', 'channel', 'x'],
      ['pubsub', 'channels'],
      ['client', 'list'],
      ['client', 'kill', 'type', 'normal'],
      ['info'],
      ['slowlog', 'get'],
      ['latency', 'latest'],
      ['memory', 'usage', key],
      ['script', 'flush'],
      ['function', 'list'],
      ['module', 'list'],
      ['module', 'load', '/tmp/x.so'],
      ['cluster', 'nodes'],
      ['wait', '0', '1'],
      ['save'],
      ['bgsave'],
      ['bgrewriteaof'],
      ['psync', '?', '-1'],
      ['subscribe', 'channel'],
      ['flushdb'],
      ['flushall'],
      ['replicaof', '127.0.0.1', '6380'],
      ['failover'],
      ['shutdown', 'nosave'],
    ].map((command) => redisCommand(duel, command));
  },
};
