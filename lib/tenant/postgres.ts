import { Construct } from 'constructs';
import { ConfigFiles } from '../engine/config-files';
import { Container } from '../engine/container';
import type { Labels } from '../engine/labels';
import { restartOnChange } from '../engine/restart-on-change';
import { Volume, type IVolume } from '../engine/volume';
import type { TenantNames } from '../names';
import type { INutsPlatform } from '../platform/platform-base';
import { NODE_GID } from './node-user';
import {
  ACCESS_RULES,
  CONFIG_DIRECTORY,
  DATABASE,
  SERVER_CONFIG,
  SOCKET_DIRECTORY,
  START,
} from './postgres-server';

export interface PostgresProps {
  readonly names: TenantNames;
  readonly labels: Labels;
  readonly platform: INutsPlatform;
  readonly data: IVolume;
  /** MiB of memory of the container; changed without replacing it. @default 256 */
  readonly memoryMiB?: number;
}

// The number of the user `postgres` in the official image: the server refuses to run as a user that has no name.
const UID = 999;

/**
 * A PostgreSQL for one tenant, without any network and without a password: it listens on a socket that only this tenant's node
 * mounts, and whoever comes that way is the one user there is, who owns one database and nothing else.
 */
export class Postgres extends Construct {
  readonly container: Container;
  /** How the node reaches it; it holds no secret. */
  readonly connection = `postgres://${DATABASE}@/${DATABASE}?host=${SOCKET_DIRECTORY}`;
  private readonly socket: Volume;

  constructor(scope: Construct, id: string, props: PostgresProps) {
    super(scope, id);
    const { names, labels, platform } = props;
    this.socket = new Volume(this, 'socket', {
      name: names.of('postgres-socket'),
      labels,
      memory: { sizeMiB: 1, mode: '0750', uid: UID, gid: NODE_GID },
    });
    const config = new ConfigFiles(this, 'config', {
      name: names.of('postgres-config'),
      image: platform.images.redis,
      labels,
      files: { 'postgresql.conf': { content: SERVER_CONFIG }, 'pg_hba.conf': { content: ACCESS_RULES } },
      prepares: props.data,
    });
    this.container = new Container(this, 'container', {
      name: names.of('postgres'),
      image: platform.images.postgres,
      user: `${UID}:${NODE_GID}`,
      labels,
      entrypoint: restartOnChange([`${CONFIG_DIRECTORY}/*`]),
      command: ['sh', '-c', START],
      mounts: [
        config.mountReadOnly(CONFIG_DIRECTORY),
        this.socket.mount(SOCKET_DIRECTORY),
        // Not where the image has a volume of its own, whose place differs between versions.
        props.data.mount('/postgres'),
      ],
      scratch: { '/tmp': 8, '/var/lib/postgresql': 1, '/var/run/postgresql': 1 },
      network: 'none',
      memoryMiB: props.memoryMiB ?? 256,
      healthcheck: [
        'CMD-SHELL',
        `psql --no-psqlrc --quiet --host=${SOCKET_DIRECTORY} --username=${DATABASE} --dbname=${DATABASE} --command='SELECT 1' >/dev/null`,
      ],
      health: platform.health,
      dependsOn: [config.resource],
    });
  }

  /** For the node alone. */
  mountSocket() {
    return this.socket.mountReadOnly(SOCKET_DIRECTORY);
  }
}
