import { TENANT_PARTS, TenantHosts, type PlatformNames } from '../../../lib/names';
import type { TenantConfig } from '../../../stacks/config/tenant-config';

/** Everything by which a tenant's own can be named. */
export function namesOf(tenant: TenantConfig, platform: PlatformNames, domain: string): string[] {
  const names = platform.tenant(tenant.id);
  const hosts = new TenantHosts(tenant.id, domain);
  return [
    ...TENANT_PARTS.map((part) => names.of(part)),
    names.keysMount,
    names.secretsMount,
    names.entity,
    `${names.entity}.certificate`,
    names.identity(tenant.generation),
    names.identity(tenant.generation, 'certificate'),
    `${names.entity}.secrets`,
    names.identity(tenant.generation, 'secrets'),
    hosts.public,
    hosts.nodeToNode,
    hosts.api,
    new URL(tenant.url).hostname,
    tenant.subnet,
  ];
}

/** Whether a text names something, and not merely something longer: `nuts-a-node` is no mention in `nuts-a-node-redis`. */
export function mentions(text: string, name: string): boolean {
  const escaped = name.replaceAll(/[.\\/]/g, '\\$&');
  return new RegExp(`(?<![a-z0-9.-])${escaped}(?![a-z0-9-]|\\.[a-z0-9])`).test(text);
}
