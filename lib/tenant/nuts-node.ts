import { Construct } from 'constructs';
import { ConfigFiles } from '../engine/config-files';
import { attach, Container } from '../engine/container';
import type { Labels } from '../engine/labels';
import type { Network } from '../engine/network';
import { restartOnChange } from '../engine/restart-on-change';
import type { IVolume } from '../engine/volume';
import { TenantHosts, type TenantNames } from '../names';
import type { INutsPlatform } from '../platform/platform-base';
import { type ApiAccess, authorizedKeys } from './api-access';
import type { NodeCertificate } from './node-certificate';
import { nodeEnvironment, releaseProfile } from './node-config/environment';
import {
  AUTHORIZED_KEYS,
  CONFIG_DIRECTORY,
  DATA_DIRECTORY,
  NETWORK_AUTHORITIES,
  PLATFORM_AUTHORITY,
  type DidMethod,
  type NodeOptions,
  type Release,
  type ReleaseProfile,
} from './node-config/node-settings';
import type { NodeSecrets } from './node-secrets';
import { NODE_GID, NODE_UID } from './node-user';
import type { Postgres } from './postgres';
import type { ITenantRedis } from './redis';
import type { VaultProxy } from './vault-proxy';

/** What a tenant may say about its node. */
export interface NutsNodeOptions {
  readonly release: Release;
  /** Becomes the host of did:web: `https://` and a host name. */
  readonly url: string;
  /** In order of preference. did:nuts brings the gRPC network, and needs a certificate. */
  readonly didMethods: readonly DidMethod[];
  /**
   * Nodes of the network to connect to first, as `host:port`.
   * @default - none
   */
  readonly bootstrapNodes?: readonly string[];
  /**
   * Whether the node fetches the network's list of blocked certificates, from the internet.
   * @default true
   */
  readonly denylist?: boolean;
  /** @default - the platform's image of that release */
  readonly image?: string;
  /** MiB; changed without replacing the container. @default 256 */
  readonly memoryMiB?: number;
  /** Changing it replaces the container: the Docker provider can't do it in place. @default 1 */
  readonly cpus?: number;
  /**
   * Options of the node that have no setting here, in its own dotted notation. What isolation rests on is refused, and secrets too:
   * they would end up in Terraform's state.
   * @default - none
   */
  readonly options?: NodeOptions;
}

export interface NutsNodeProps extends NutsNodeOptions {
  readonly names: TenantNames;
  readonly labels: Labels;
  readonly platform: INutsPlatform;
  readonly network: Network;
  readonly data: IVolume;
  readonly keysMount: string;
  readonly redis: ITenantRedis;
  readonly vault: VaultProxy;
  readonly certificate?: NodeCertificate;
  readonly postgres?: Postgres;
  readonly secrets?: NodeSecrets;
  readonly api: ApiAccess;
}

/** The node: its own bridge, its own volume, sockets, and no secret but in memory. */
export class NutsNode extends Construct {
  readonly container: Container;
  /** Its address on the tenant's bridge, which the route names. */
  readonly address: string;
  readonly profile: ReleaseProfile;
  readonly image: string;

  constructor(scope: Construct, id: string, props: NutsNodeProps) {
    super(scope, id);
    const { names, labels, platform, network, redis, vault, certificate, postgres, secrets } = props;
    this.profile = releaseProfile(props.release);
    this.address = network.subnet.at(2);
    this.image = props.image ?? defaultImage(platform, props.release);

    const config = new ConfigFiles(this, 'config', {
      name: names.of('node-config'),
      image: platform.images.redis,
      labels,
      files: {
        [AUTHORIZED_KEYS]: { content: authorizedKeys(props.api) },
        [PLATFORM_AUTHORITY]: { content: platform.authorityCertificate },
        ...(certificate?.truststore && { [NETWORK_AUTHORITIES]: { content: certificate.truststore } }),
      },
      prepares: props.data,
    });
    this.container = new Container(this, 'container', {
      name: names.of('node'),
      image: this.image,
      user: `${NODE_UID}:${NODE_GID}`,
      labels,
      entrypoint: restartOnChange([
        `${CONFIG_DIRECTORY}/*`,
        ...(certificate ? [certificate.file] : []),
        ...(secrets ? [secrets.file] : []),
      ]),
      command: ['/usr/bin/nuts', 'server'],
      environment: {
        TMPDIR: '/tmp',
        ...(platform.trustsOwnAuthority && { SSL_CERT_DIR: `/etc/ssl/certs:${CONFIG_DIRECTORY}` }),
        ...nodeEnvironment(props.release, {
          url: props.url,
          didMethods: props.didMethods,
          audience: new TenantHosts(names.id, platform.domain).api,
          vaultAddress: vault.address,
          keysMount: props.keysMount,
          redisAddress: redis.address,
          redisDatabase: redis.database,
          ...(redis.username && { redisUsername: redis.username }),
          bootstrapNodes: props.bootstrapNodes ?? [],
          denylist: props.denylist ?? true,
          options: props.options ?? {},
          ...(certificate && { certificateFile: certificate.file }),
          ...(certificate?.truststore && { truststoreFile: `${CONFIG_DIRECTORY}/${NETWORK_AUTHORITIES}` }),
          ...(postgres && { sqlConnection: postgres.connection }),
          ...(secrets && { secrets }),
        }),
      },
      mounts: [
        config.mountReadOnly(CONFIG_DIRECTORY),
        props.data.mount(DATA_DIRECTORY),
        redis.mountSocket(),
        vault.mountSocket(),
        ...(certificate ? [certificate.mountFiles()] : []),
        ...(postgres ? [postgres.mountSocket()] : []),
        ...(secrets ? [secrets.mountFiles()] : []),
      ],
      scratch: { '/tmp': 16 },
      network: attach(network, this.address),
      ...(platform.resolverAddress && { dns: [platform.resolverAddress] }),
      memoryMiB: props.memoryMiB ?? 256,
      cpus: props.cpus ?? 1,
      healthcheck: ['CMD-SHELL', healthcheck(this.profile.healthPort)],
      health: platform.health,
      dependsOn: [
        config.resource,
        ...redis.ready,
        vault.container.resource,
        ...(certificate ? [certificate.container.resource] : []),
        ...(postgres ? [postgres.container.resource] : []),
        ...(secrets ? [secrets.container.resource] : []),
      ],
    });
  }
}

function defaultImage(platform: INutsPlatform, release: Release): string {
  return release === 'v6' ? platform.images.nutsNodeV6 : platform.images.nutsNodeV54;
}

// The node itself stays up without Vault; and a list that can't be fetched doesn't make it ill. So not the status of the
// answer decides, but what it says of Vault.
function healthcheck(port: number): string {
  return [
    `answer=$(curl -sS --max-time 10 http://127.0.0.1:${port}/health)`,
    '|| { echo "dead: the node does not answer"; exit 1; };',
    'case "$answer" in',
    '*\'"crypto.vaultkv":{"status":"UP"\'*) echo up;;',
    '*) echo "no keys: the node is alive, but Vault is sealed or out of reach"; exit 1;;',
    'esac',
  ].join(' ');
}
