import { hostNameProblem } from '../../lib/host-name';
import { TenantHosts, tenantIdProblem } from '../../lib/names';
import { Subnet } from '../../lib/subnet';
import { checkKeys } from './api-checks';
import { freeSubnet } from './free-subnet';
import type { PlatformParts } from './platform-config';
import { lacks } from './tenant-checks';
import type { TenantRecord } from './tenant-checks';

/** Checks that no two tenants meet: in a subnet, a host or a client's key. */
export function checkTenants(tenants: readonly TenantRecord[], platform: PlatformParts): void {
  checkIds(tenants);
  checkSubnets(tenants, platform);
  if (platform.domain !== undefined) checkHosts(tenants, platform.domain);
  checkKeys(tenants);
}

function checkIds(tenants: readonly TenantRecord[]): void {
  for (const tenant of tenants) {
    const { id } = tenant.parts;
    if (id === undefined || id === tenant.id) continue;
    const owner = tenants.find((other) => other !== tenant && (other.id === id || other.parts.id === id));
    const isUsable = tenantIdProblem(tenant.id) === undefined;
    tenant.source.report(
      ['id'],
      owner === undefined ? "is not the file's name" : `is the id of ${owner.source.file} already`,
      `${isUsable ? `write id: ${tenant.id}, or ` : ''}rename the file to <id>.yaml; a tenant that exists keeps the id it has`,
    );
  }
}

function checkSubnets(tenants: readonly TenantRecord[], { networks }: PlatformParts): void {
  const pool = networks === undefined ? undefined : Subnet.parse(networks.tenants);
  const used: { tenant: TenantRecord; subnet: Subnet }[] = [];
  const faults: { tenant: TenantRecord; message: string }[] = [];
  for (const tenant of tenants) {
    if (tenant.parts.subnet === undefined) {
      if (lacks(tenant.source, 'subnet')) faults.push({ tenant, message: 'is missing' });
      continue;
    }
    const subnet = Subnet.parse(tenant.parts.subnet);
    const other = used.find((earlier) => earlier.subnet.overlaps(subnet));
    if (pool !== undefined && !pool.contains(subnet))
      faults.push({ tenant, message: `is outside networks.tenants of the platform (${pool.cidr})` });
    else if (other !== undefined) {
      const whose = `${other.tenant.source.file} (${other.subnet.cidr})`;
      faults.push({ tenant, message: `has addresses that ${whose} has too` });
    }
    used.push({ tenant, subnet });
  }

  const taken = used.map(({ subnet }) => subnet);
  for (const { tenant, message } of faults) {
    const free = pool === undefined ? undefined : freeSubnet(pool, taken);
    // The next tenant without a subnet gets another suggestion.
    if (free !== undefined) taken.push(free);
    const remedy =
      free === undefined
        ? 'write a subnet of its own, within a networks.tenants that has room'
        : `write subnet: ${free.cidr}, which is free; a tenant that exists keeps the subnet it has`;
    tenant.source.report(['subnet'], message, remedy);
  }
}

function checkHosts(tenants: readonly TenantRecord[], domain: string): void {
  const owners = new Map<string, TenantRecord>();
  for (const tenant of tenants) {
    const { id, url } = tenant.parts;
    const customerHost = url === undefined ? undefined : new URL(url).hostname;
    const isOwn = customerHost !== undefined && !`.${customerHost}`.endsWith(`.${domain}`);
    // A wrong id is reported already, and its hosts aren't to be.
    const hosts = id === undefined || id !== tenant.id ? [] : hostsOf(id, domain);
    for (const host of new Set(isOwn ? [...hosts, customerHost] : hosts)) {
      const key = host === customerHost ? 'url' : 'id';
      const owner = owners.get(host);
      if (owner !== undefined)
        tenant.source.report(
          [key],
          `leads to ${host}, which is a host of ${owner.source.file} too`,
          'give each tenant its own, or its requests would reach the other one',
        );
      else if (hostNameProblem(host) !== undefined)
        tenant.source.report(
          [key],
          `makes a host that is too long: ${host}`,
          'choose a shorter id or domain',
        );
      owners.set(host, owner ?? tenant);
    }
  }
}

function hostsOf(id: string, domain: string): string[] {
  const hosts = new TenantHosts(id, domain);
  return [hosts.public, hosts.nodeToNode, hosts.api, hosts.admin];
}
