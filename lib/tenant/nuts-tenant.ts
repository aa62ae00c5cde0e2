import { Construct } from 'constructs';
import type { CertificateSource } from '../certificate/certificate-source';
import { tenantLabels } from '../engine/labels';
import { Network } from '../engine/network';
import { TenantHosts } from '../names';
import type { INutsPlatform } from '../platform/platform-base';
import { Subnet } from '../subnet';
import { VaultQuota } from '../vault/vault-quota';
import type { ApiAccess } from './api-access';
import { FixedIdentity } from './fixed-identity';
import { FixedStore } from './fixed-store';
import { guardNodeToNode } from './guard-node-to-node';
import { NodeCertificate } from './node-certificate';
import { releaseProfile } from './node-config/environment';
import { NodeSecrets } from './node-secrets';
import { NutsNode, type NutsNodeOptions } from './nuts-node';
import { Postgres } from './postgres';
import { ProxyRoute } from './proxy-route';
import { Redis, type ITenantRedis } from './redis';
import { goodPasswords, type RedisStore } from './redis-store';
import { requireSharedRedis, SharedRedisAccess } from './shared-redis-access';
import { givenSql, type SqlStore } from './sql-store';
import { TenantData } from './tenant-data';
import { checkRelease, checkUrl } from './tenant-problems';
import type { TrafficLimits } from './traffic-limits';
import { VaultProxy } from './vault-proxy';

export interface NutsTenantProps extends NutsNodeOptions {
  /** A DNS label; it is in the name of everything that the tenant has. */
  readonly tenantId: string;
  readonly platform: INutsPlatform;
  /** The tenant's own bridge: a /28 has room. It stays for life. */
  readonly subnet: string;
  /**
   * The Docker host that the tenant lives on. Only a move changes it.
   * @default local
   */
  readonly cell?: string;
  /**
   * Number of the tenant's logins in Vault. Raising it makes every login of the generation before worthless, wherever it is used.
   * @default 1
   */
  readonly generation?: number;
  /** @default - closed */
  readonly api?: ApiAccess;
  /** How much traffic the proxy lets through. @default - what a busy customer doesn't reach */
  readonly limits?: TrafficLimits;
  /**
   * Where the certificate comes from with which a node of did:nuts meets others.
   * @default - the platform's own authority
   */
  readonly certificate?: CertificateSource;
  /** MiB of memory for Redis; changed without replacing the container. @default 128 */
  readonly redisMemoryMiB?: number;
  /**
   * Whether its Redis is its own. It stays what it is after the first apply, but for its passwords.
   * @default - its own
   */
  readonly redis?: RedisStore;
  /**
   * Where a node of v6 keeps its SQL data. It stays what it is after the first apply.
   * @default - SQLite, on the node's volume
   */
  readonly sql?: SqlStore;
  /**
   * `removed` takes away everything but what can't be made again: keys, secrets and data.
   * @default active
   */
  readonly state?: 'active' | 'removed';
}

/** A Nuts node for one customer, with everything that it needs and nothing that another tenant can reach. */
export class NutsTenant extends Construct {
  readonly data: TenantData;
  readonly hosts: TenantHosts;
  readonly nutsNode?: NutsNode;
  /** Of a node in the network of did:nuts. */
  readonly certificate?: NodeCertificate;

  /** @throws when the id, the url or the subnet can't be used; the message says why and what would do */
  constructor(scope: Construct, id: string, props: NutsTenantProps) {
    super(scope, id);
    const { certificate: from, ...nodeOptions } = props;
    const { platform, tenantId, api = {}, generation = 1 } = props;
    const names = platform.names.tenant(tenantId);
    const labels = tenantLabels(platform.names.platform, tenantId);
    const subnet = Subnet.parse(props.subnet);
    checkUrl(props.url);
    checkRelease(props);
    this.hosts = new TenantHosts(tenantId, platform.domain);
    const common = { names, labels, platform, subnet };

    new FixedIdentity(this, 'identity', {
      tenant: tenantId,
      url: props.url,
      didMethods: props.didMethods,
      cell: props.cell ?? 'local',
    });
    const sql = props.sql ?? { type: 'sqlite' };
    const redisStore = props.redis ?? { mode: 'dedicated' };
    new FixedStore(this, 'redis-store', {
      owner: `tenant ${tenantId}`,
      key: 'redis',
      value: redisStore.mode,
    });
    if (props.release === 'v6')
      new FixedStore(this, 'sql-store', { owner: `tenant ${tenantId}`, key: 'sql', value: sql.type });
    this.data = new TenantData(this, 'data', {
      names,
      labels,
      redis: redisStore.mode === 'dedicated',
      postgres: sql.type === 'postgres',
    });
    if (props.state === 'removed') return;

    const { keysMount, secretsMount, nodeVolume, redisVolume, postgresVolume } = this.data;
    new VaultQuota(this, 'keys-quota', { name: names.keysQuota, mount: keysMount, vault: platform.vault });
    new VaultQuota(this, 'secrets-quota', {
      name: names.secretsQuota,
      mount: secretsMount,
      vault: platform.vault,
    });
    const network = new Network(this, 'network', { name: names.of('node'), subnet, labels });
    const redis: ITenantRedis = redisVolume
      ? new Redis(this, 'redis', {
          ...common,
          data: redisVolume,
          ...(props.redisMemoryMiB && { memoryMiB: props.redisMemoryMiB }),
        })
      : new SharedRedisAccess(this, 'redis', {
          ...common,
          redis: requireSharedRedis(platform, tenantId),
          release: props.release,
          passwords: goodPasswords(redisStore),
          secretsMount,
        });
    const vault = new VaultProxy(this, 'vault-proxy', { ...common, generation, keysMount });
    const certificate = props.didMethods.includes('nuts')
      ? new NodeCertificate(this, 'certificate', {
          ...common,
          generation,
          secretsMount,
          host: this.hosts.nodeToNode,
          withRevocationList: releaseProfile(props.release).nodeToNodePort === undefined,
          ...(from && { from }),
        })
      : undefined;
    if (certificate) this.certificate = certificate;
    const postgres = postgresVolume
      ? new Postgres(this, 'postgres', {
          ...common,
          data: postgresVolume,
          ...(sql.type === 'postgres' && sql.memoryMiB && { memoryMiB: sql.memoryMiB }),
        })
      : undefined;
    const secrets = [...redis.secrets, ...(sql.type === 'given' ? [givenSql(secretsMount)] : [])];
    const nodeSecrets =
      secrets.length > 0
        ? new NodeSecrets(this, 'node-secrets', { ...common, generation, secrets })
        : undefined;
    this.nutsNode = new NutsNode(this, 'node', {
      ...nodeOptions,
      ...common,
      network,
      data: nodeVolume,
      keysMount,
      redis,
      vault,
      api,
      ...(certificate && { certificate }),
      ...(postgres && { postgres }),
      ...(nodeSecrets && { secrets: nodeSecrets }),
    });
    const nodeToNode =
      certificate && guardNodeToNode(this, { ...common, network, certificate, nutsNode: this.nutsNode });
    new ProxyRoute(this, 'route', {
      ...props,
      ...common,
      nutsNode: this.nutsNode,
      api,
      limits: props.limits ?? {},
      ...(nodeToNode && { nodeToNode }),
    });
  }
}
