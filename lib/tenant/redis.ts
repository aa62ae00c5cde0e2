import { Construct } from 'constructs';
import { ConfigFiles } from '../engine/config-files';
import { Container } from '../engine/container';
import type { Labels } from '../engine/labels';
import { restartOnChange } from '../engine/restart-on-change';
import { Volume, type IVolume } from '../engine/volume';
import type { TenantNames } from '../names';
import type { INutsPlatform } from '../platform/platform-base';
import { NODE_GID } from './node-user';

export interface RedisProps {
  readonly names: TenantNames;
  readonly labels: Labels;
  readonly platform: INutsPlatform;
  readonly data: IVolume;
  /** MiB of memory of the container; Redis itself uses less than half, since it forks to rewrite its log. @default 128 */
  readonly memoryMiB?: number;
}

const USER = `18082:${NODE_GID}`;
const SOCKET_DIRECTORY = '/run/redis';
const MEMORY_LIMIT = '/sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes';

// Whatever the limit is when it starts: the limit can be changed on a running container, which restarts Redis.
const START = `exec redis-server /etc/redis/redis.conf --maxmemory $(($(cat ${MEMORY_LIMIT} 2>/dev/null | head -n 1) * 45 / 100))`;

const CONFIG = `port 0
unixsocket ${SOCKET_DIRECTORY}/redis.sock
unixsocketperm 770
aclfile /etc/redis/users.acl
dir /redis
appendonly yes
appendfsync always
save ""
maxmemory-policy noeviction
`;

/**
 * A Redis for one tenant, without any network: it listens on a socket that only this tenant's containers mount. An acknowledged
 * write is on disk, and a full memory refuses writes instead of dropping what only this copy has.
 */
export class Redis extends Construct {
  readonly container: Container;
  /** Address in the form that the node wants. */
  readonly address = `unix://${SOCKET_DIRECTORY}/redis.sock`;
  /** First part of every key. */
  readonly database: string;
  private readonly socket: Volume;

  constructor(scope: Construct, id: string, props: RedisProps) {
    super(scope, id);
    const { names, labels, platform } = props;
    this.database = names.id;
    this.socket = new Volume(this, 'socket', {
      name: names.of('redis-socket'),
      labels,
      memory: { sizeMiB: 1, mode: '0750', uid: 18082, gid: NODE_GID },
    });
    const config = new ConfigFiles(this, 'config', {
      name: names.of('redis-config'),
      image: platform.images.redis,
      labels,
      files: { 'redis.conf': { content: CONFIG }, 'users.acl': { content: accessRules(this.database) } },
      prepares: props.data,
    });
    this.container = new Container(this, 'container', {
      name: names.of('redis'),
      image: platform.images.redis,
      user: USER,
      labels,
      entrypoint: restartOnChange(['/etc/redis/*', MEMORY_LIMIT]),
      command: ['sh', '-c', START],
      mounts: [
        config.mountReadOnly('/etc/redis'),
        this.socket.mount(SOCKET_DIRECTORY),
        // Not at the image's own /data, whose owner differs between images.
        props.data.mount('/redis'),
      ],
      scratch: { '/data': 1 },
      network: 'none',
      memoryMiB: props.memoryMiB ?? 128,
      // Answers MISCONF when it can't write to its disk, and LOADING while it reads it.
      healthcheck: ['CMD-SHELL', `redis-cli -s ${SOCKET_DIRECTORY}/redis.sock ping | grep -x PONG`],
      health: platform.health,
      dependsOn: [config.resource],
    });
  }

  /** Lets a container of the same tenant use this Redis. */
  mountSocket() {
    return this.socket.mountReadOnly(SOCKET_DIRECTORY);
  }
}

/**
 * What the node sends, on the keys that are its own: data (\`acme_…\`), the locks of go-stoabs, which put their name first
 * (\`lock_acme_…\`), and the sessions of v6 (\`acme.…\`). There is no password, since whoever can open the socket is the tenant's.
 */
function accessRules(database: string): string {
  const keys = [`~${database}_*`, `~lock_${database}_*`, `~${database}.*`].join(' ');
  const commands = 'ping hello get mget set del scan multi exec discard eval evalsha';
  const allowed = commands.split(' ').map((command) => `+${command}`);
  return `user default on nopass resetchannels ${keys} -@all ${allowed.join(' ')}\n`;
}
