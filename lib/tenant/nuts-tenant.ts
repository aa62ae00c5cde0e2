import { Construct } from 'constructs';
import { tenantLabels } from '../engine/labels';
import { Network } from '../engine/network';
import { hostNameProblem } from '../host-name';
import { TenantHosts } from '../names';
import type { INutsPlatform } from '../platform/platform-base';
import { Subnet } from '../subnet';
import { VaultQuota } from '../vault/vault-quota';
import type { ApiAccess } from './api-access';
import { FixedIdentity } from './fixed-identity';
import { NodeCertificate } from './node-certificate';
import { NutsNode, type NutsNodeOptions } from './nuts-node';
import { ProxyRoute } from './proxy-route';
import { Redis } from './redis';
import { TenantData } from './tenant-data';
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
  /** MiB of memory for Redis; changed without replacing the container. @default 128 */
  readonly redisMemoryMiB?: number;
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

  /** @throws when the id, the url or the subnet can't be used; the message says why and what would do */
  constructor(scope: Construct, id: string, props: NutsTenantProps) {
    super(scope, id);
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
    this.data = new TenantData(this, 'data', { names, labels });
    if (props.state === 'removed') return;

    const { keysMount, secretsMount, nodeVolume, redisVolume } = this.data;
    new VaultQuota(this, 'keys-quota', { name: names.keysQuota, mount: keysMount, vault: platform.vault });
    new VaultQuota(this, 'secrets-quota', {
      name: names.secretsQuota,
      mount: secretsMount,
      vault: platform.vault,
    });
    const network = new Network(this, 'network', { name: names.of('node'), subnet, labels });
    const redis = new Redis(this, 'redis', {
      ...common,
      data: redisVolume,
      ...(props.redisMemoryMiB && { memoryMiB: props.redisMemoryMiB }),
    });
    const vault = new VaultProxy(this, 'vault-proxy', { ...common, generation, keysMount });
    const certificate = props.didMethods.includes('nuts')
      ? new NodeCertificate(this, 'certificate', { ...common, generation, host: this.hosts.nodeToNode })
      : undefined;
    this.nutsNode = new NutsNode(this, 'node', {
      ...props,
      ...common,
      network,
      data: nodeVolume,
      keysMount,
      redis,
      vault,
      api,
      ...(certificate && { certificate }),
    });
    new ProxyRoute(this, 'route', {
      ...props,
      ...common,
      nutsNode: this.nutsNode,
      api,
      limits: props.limits ?? {},
    });
  }
}

function checkUrl(url: string): void {
  const { hostname } = new URL(url);
  if (url !== `https://${hostname}`)
    throw new Error(`url "${url}" must be https:// and a host name only, such as https://${hostname}`);
  const problem = hostNameProblem(hostname);
  if (problem !== undefined) throw new Error(`url "${url}" can't be used: ${problem}`);
}

function checkRelease({ release, didMethods }: NutsTenantProps): void {
  if (didMethods.length === 0) throw new Error('didMethods must name at least one of web, nuts');
  if (release === 'v5.4' && didMethods.some((method) => method !== 'nuts'))
    throw new Error(`release v5.4 knows only did:nuts; didMethods says ${didMethods.join(', ')}`);
}
