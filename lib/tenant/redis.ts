import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { ConfigFiles } from '../engine/config-files';
import { Container } from '../engine/container';
import type { Labels } from '../engine/labels';
import { restartOnChange } from '../engine/restart-on-change';
import { Volume, type IVolume, type Mount } from '../engine/volume';
import type { TenantNames } from '../names';
import type { INutsPlatform } from '../platform/platform-base';
import { COMMAND_RULES, keyRules } from '../redis/access-rules';
import { DURABLE, MEMORY_LIMIT, START_SERVER } from '../redis/server-config';
import type { NodeSecret } from './node-secrets';
import { NODE_GID } from './node-user';

/** A tenant's part of a Redis, as its node sees it. */
export interface ITenantRedis {
  /** Address in the form that the node wants. */
  readonly address: string;
  /** First part of every key. */
  readonly database: string;
  /** @default - whoever reaches it needs no name */
  readonly username?: string;
  /** Options of the node with which it logs in. */
  readonly secrets: readonly NodeSecret[];
  /** What must be there before the node starts. */
  readonly ready: readonly ITerraformDependable[];
  mountSocket(): Mount;
}

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

const CONFIG = `port 0
unixsocket ${SOCKET_DIRECTORY}/redis.sock
unixsocketperm 770
aclfile /etc/redis/users.acl
${DURABLE}`;

/**
 * A Redis for one tenant, without any network: it listens on a socket that only this tenant's containers mount.
 */
export class Redis extends Construct implements ITenantRedis {
  readonly container: Container;
  /** Address in the form that the node wants. */
  readonly address = `unix://${SOCKET_DIRECTORY}/redis.sock`;
  /** First part of every key. */
  readonly database: string;
  readonly secrets = [];
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
      command: ['sh', '-c', START_SERVER],
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

  get ready(): readonly ITerraformDependable[] {
    return [this.container.resource];
  }

  /** Lets a container of the same tenant use this Redis. */
  mountSocket() {
    return this.socket.mountReadOnly(SOCKET_DIRECTORY);
  }
}

/** There is no password, since whoever can open the socket is the tenant's. */
function accessRules(database: string): string {
  return `user default on nopass resetchannels ${keyRules(database, 'v6')} ${COMMAND_RULES}\n`;
}
