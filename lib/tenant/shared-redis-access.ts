import { Annotations, type ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { ConfigFiles } from '../engine/config-files';
import { Container } from '../engine/container';
import type { Labels } from '../engine/labels';
import { restartOnChange } from '../engine/restart-on-change';
import { Volume } from '../engine/volume';
import type { TenantNames } from '../names';
import type { INutsPlatform } from '../platform/platform-base';
import type { SharedRedisConnection } from '../redis/shared-redis-connection';
import { AUTHORITY, TUNNEL_DIRECTORY, TUNNEL_HEALTHCHECK, tunnelConfig } from '../redis/tunnel-config';
import type { Release } from './node-config/node-settings';
import type { NodeSecret } from './node-secrets';
import { NODE_GID } from './node-user';
import type { ITenantRedis } from './redis';
import { REDIS_SECRET } from './redis-store';
import { SharedRedisUser } from './shared-redis-user';

export interface SharedRedisAccessProps {
  readonly names: TenantNames;
  readonly labels: Labels;
  readonly platform: INutsPlatform;
  readonly redis: SharedRedisConnection;
  readonly release: Release;
  readonly passwords: readonly number[];
  readonly secretsMount: string;
}

const UID = 18084;
const SOCKET_DIRECTORY = '/run/redis';
const SOCKET = `${SOCKET_DIRECTORY}/redis.sock`;

/** What no rule of the server can take away from those who share it. */
export const SHARED_REDIS_RISKS =
  "shares a Redis: with the node's own credentials one can list the names of all tenants' keys (SCAN knows no rules), which hold DIDs and " +
  'digests; every scan walks over the keys of all; memory, disk, restarts and a restore are common to all. A Redis of its own has none of this.';

/**
 * A tenant's part of a shared Redis: a user that reaches its own keys, and a tunnel from a socket that only its node mounts. So the
 * node still has no network path to Redis, and two tenants still have no network in common.
 */
export class SharedRedisAccess extends Construct implements ITenantRedis {
  readonly address = `unix://${SOCKET}`;
  readonly database: string;
  readonly username: string;
  readonly ready: readonly ITerraformDependable[];
  /** The node's password. */
  readonly secrets: readonly NodeSecret[];
  private readonly socket: Volume;

  constructor(scope: Construct, id: string, props: SharedRedisAccessProps) {
    super(scope, id);
    const { names, labels, platform, redis, release } = props;
    Annotations.of(this).addWarning(`tenant ${names.id} ${SHARED_REDIS_RISKS}`);
    this.database = names.id;
    this.username = names.redisUser;
    const user =
      redis.kind === 'own' ? new SharedRedisUser(this, 'user', { ...props, mount: redis.mount }) : undefined;
    const path = user?.passwordPath ?? `${props.secretsMount}/data/${REDIS_SECRET.name}`;
    const options = [
      'storage.redis.password',
      ...(release === 'v6' ? ['storage.session.redis.password'] : []),
    ];
    this.secrets = options.map((option) => ({ option, path, field: REDIS_SECRET.field }));

    this.socket = new Volume(this, 'socket', {
      name: names.of('redis-socket'),
      labels,
      memory: { sizeMiB: 1, mode: '0750', uid: UID, gid: NODE_GID },
    });
    const config = new ConfigFiles(this, 'config', {
      name: names.of('redis-tunnel-config'),
      image: platform.images.redis,
      labels,
      files: {
        'haproxy.cfg': { content: tunnelConfig(redis, SOCKET) },
        [AUTHORITY]: { content: redis.certificateAuthority },
      },
    });
    const tunnel = new Container(this, 'tunnel', {
      name: names.of('redis-tunnel'),
      image: platform.images.haproxy,
      user: `${UID}:${NODE_GID}`,
      labels,
      entrypoint: restartOnChange([`${TUNNEL_DIRECTORY}/*`]),
      command: ['haproxy', '-f', `${TUNNEL_DIRECTORY}/haproxy.cfg`],
      mounts: [config.mountReadOnly(TUNNEL_DIRECTORY), this.socket.mount(SOCKET_DIRECTORY)],
      network: { network: redis.network },
      memoryMiB: 64,
      cpus: 0.5,
      healthcheck: TUNNEL_HEALTHCHECK,
      health: platform.health,
      dependsOn: [config.resource],
    });
    this.ready = [tunnel.resource, ...(user ? [user.resource] : [])];
  }

  mountSocket() {
    return this.socket.mountReadOnly(SOCKET_DIRECTORY);
  }
}

/** @throws when the platform has no Redis to share */
export function requireSharedRedis(platform: INutsPlatform, tenant: string): SharedRedisConnection {
  if (platform.redis) return platform.redis;
  throw new Error(
    `tenant ${tenant} wants to share a Redis, but the platform has none to share: set its redis`,
  );
}
