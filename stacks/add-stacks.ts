import type { App } from 'cdktf';
import { SHARED_OUTBOUND_PER_MINUTE } from '../lib/certificate/certificate-source';
import type { Images } from '../lib/images';
import type { NutsPlatformAttributes } from '../lib/platform/platform-base';
import { Vault } from '../lib/platform/vault';
import type { SharedRedisSource } from '../lib/redis/shared-redis-connection';
import type { SqlStore } from '../lib/tenant/sql-store';
import type { Configuration } from './config/load';
import type { PlatformConfig } from './config/platform-config';
import type { TenantConfig } from './config/tenant-config';
import { LOCAL_STATE, operatorTokenFile } from './local-files';
import { NutsTenantStack } from './nuts-tenant-stack';
import { PlatformStack } from './platform-stack';
import type { StateBackend, TerraformSettings } from './terraform-settings';
import { VaultStack } from './vault-stack';

export function tenantStackName(id: string): string {
  return `tenant-${id}`;
}

/**
 * The stacks of a configuration: `vault` where it is local, `platform`, and one for each tenant.
 *
 * @param machineImages what this machine has in place of images that it can't pull; the configuration's own choice goes before
 */
export function addStacks(
  app: App,
  { platform, tenants }: Configuration,
  machineImages: Partial<Images> = {},
): void {
  const images = { ...machineImages, ...platform.images };
  const { health } = platform;
  const backend = stateBackend(platform);
  const attributes = platformAttributes(platform, images);
  const terraform = terraformSettings(platform, backend);

  // Nothing depends on it in cdktf's sense: between it and the others somebody has to unseal it.
  if (platform.vault.kind === 'local')
    new VaultStack(app, 'vault', {
      platform: platform.name,
      subnet: platform.networks.vault,
      port: platform.vault.port,
      images,
      health,
      backend,
    });
  const shared = new PlatformStack(app, 'platform', {
    terraform,
    platform: {
      ...attributes,
      environment: platform.environment,
      address: platform.proxy.address,
      httpsPort: platform.proxy.httpsPort,
      grpcPort: platform.proxy.grpcPort,
      pingPort: platform.proxy.pingPort,
      vaultSubnet: platform.networks.vault,
      customerHosts: customerHosts(platform, tenants),
      egress: egress(platform, tenants),
      sharedCertificate: tenants.some(({ certificate }) => certificate?.source === 'shared'),
    },
  });
  for (const tenant of tenants) {
    const stack = new NutsTenantStack(app, tenantStackName(tenant.id), {
      terraform,
      platform: attributes,
      tenant: tenantProps(platform, tenant),
      destroyData: tenant.removeData !== undefined,
    });
    stack.addDependency(shared);
  }
}

function platformAttributes(platform: PlatformConfig, images: Partial<Images>): NutsPlatformAttributes {
  const { vault, network } = platform;
  return {
    name: platform.name,
    domain: platform.domain,
    vault:
      vault.kind === 'local'
        ? Vault.fromSubnet(platform.networks.vault, vault.requestsPerSecond)
        : Vault.fromAddress(vault),
    tenantSubnets: platform.networks.tenants,
    tls: platform.proxy.tls,
    // In production public DNS names the tenants' hosts.
    ...(platform.environment === 'development' && { edgeSubnet: platform.networks.edge }),
    ...(network.truststore && { truststore: network.truststore }),
    ...(network.revocationLists && { revocationLists: network.revocationLists }),
    ...(platform.redis && { redis: sharedRedis(platform.redis) }),
    images,
    health: platform.health,
  };
}

function stateBackend({ backend }: PlatformConfig): StateBackend {
  return backend.type === 'local' ? { type: 'local', directory: LOCAL_STATE } : backend;
}

function terraformSettings({ vault }: PlatformConfig, backend: StateBackend): TerraformSettings {
  return vault.kind === 'local'
    ? { backend, vaultAddress: `http://127.0.0.1:${vault.port}`, vaultTokenFile: operatorTokenFile('.') }
    : {
        backend,
        vaultAddress: vault.address,
        ...(vault.namespace && { vaultNamespace: vault.namespace }),
        ...(vault.caCertificateFile && { vaultCaCertificateFile: vault.caCertificateFile }),
      };
}

function egress({ egress: { allow, outboundLimit } }: PlatformConfig, tenants: readonly TenantConfig[]) {
  const subnetsOf = (ids: readonly string[]) =>
    tenants.filter(({ id }) => ids.includes(id)).map(({ subnet }) => subnet);
  return {
    exceptions: allow.map(({ tenants: only, ...exception }) => ({
      ...exception,
      ...(only && { from: subnetsOf(only) }),
    })),
    ...(outboundLimit && { outboundLimit }),
    outboundLimits: tenants.flatMap(({ state, certificate, subnet }) =>
      state === 'active' && certificate?.source === 'shared'
        ? [{ from: subnet, perMinute: certificate.outboundPerMinute ?? SHARED_OUTBOUND_PER_MINUTE }]
        : [],
    ),
  };
}

function customerHosts(platform: PlatformConfig, tenants: readonly TenantConfig[]): string[] {
  return tenants
    .filter(({ state }) => state === 'active')
    .map(({ url }) => new URL(url).hostname)
    .filter((host) => !host.endsWith(`.${platform.domain}`));
}

function tenantProps(platform: PlatformConfig, tenant: TenantConfig) {
  const { api, image, limits, certificate, redis, sql } = tenant;
  return {
    tenantId: tenant.id,
    state: tenant.state,
    release: tenant.release,
    url: tenant.url,
    didMethods: tenant.didMethods,
    cell: tenant.cell,
    subnet: tenant.subnet,
    generation: tenant.generation,
    bootstrapNodes: platform.network.bootstrapNodes,
    denylist: platform.network.denylist,
    memoryMiB: limits.node.memory,
    redisMemoryMiB: limits.redis.memory,
    limits: {
      public: limits.public,
      api: limits.api,
      nodeToNodeConnections: limits.nodeToNode.connections,
    },
    options: tenant.options,
    ...(image && { image }),
    ...(api && { api }),
    ...(certificate && { certificate }),
    ...(redis && { redis }),
    ...(sql && { sql: sqlStore(sql) }),
  };
}

function sqlStore(sql: NonNullable<TenantConfig['sql']>): SqlStore {
  return sql.type === 'postgres' ? { type: 'postgres', memoryMiB: sql.memory } : sql;
}

function sharedRedis(redis: NonNullable<PlatformConfig['redis']>): SharedRedisSource {
  return redis.kind === 'own' ? { kind: 'own', subnet: redis.subnet, memoryMiB: redis.memory } : redis;
}
