import { checkTruststore } from './certificate-checks';
import { Subnet } from '../../lib/subnet';
import type { PlatformConfig, PlatformFile, PlatformParts } from './platform-config';
import { checkVaultCertificate, withCertificate } from './vault-certificate';
import type { YamlSource } from './yaml-source';

/** Checks what a platform's keys say together. */
export function checkPlatform(platform: PlatformParts, source: YamlSource, directory: string): void {
  checkNetworks(platform, source);
  checkVaultCertificate(platform, source, directory);
  checkPorts(platform, source);
  checkTruststore(platform, source);
  if (platform.environment === 'production') checkProduction(platform, source);
}

/** Fills in the defaults that follow from other keys. */
export function completePlatform(platform: PlatformFile, directory: string): PlatformConfig {
  const address = platform.proxy.address ?? Subnet.parse(platform.networks.edge).at(1);
  const vault = withCertificate(platform.vault, directory);
  return { ...platform, vault, proxy: { ...platform.proxy, address } };
}

function checkNetworks({ networks, redis }: PlatformParts, source: YamlSource): void {
  if (networks === undefined) return;
  const subnets = [
    ...Object.entries(networks).map(([key, cidr]) => ({
      path: ['networks', key],
      subnet: Subnet.parse(cidr),
    })),
    ...(redis ? [{ path: ['redis', 'subnet'], subnet: Subnet.parse(redis.subnet) }] : []),
  ];
  subnets.forEach(({ path, subnet }, index) => {
    const other = subnets.slice(0, index).find((earlier) => earlier.subnet.overlaps(subnet));
    if (other === undefined) return;
    const message = `overlaps ${other.path.join('.')} (${other.subnet.cidr})`;
    source.report(path, message, 'choose subnets that have no address in common');
  });
}

function checkPorts({ proxy }: PlatformParts, source: YamlSource): void {
  if (proxy === undefined) return;
  const keys = ['httpsPort', 'grpcPort', 'pingPort'] as const;
  keys.forEach((key, index) => {
    const other = keys.slice(0, index).find((earlier) => proxy[earlier] === proxy[key]);
    if (other !== undefined)
      source.report(['proxy', key], `is the port of proxy.${other} too`, 'give each its own port');
  });
}

function checkProduction({ proxy, vault, network }: PlatformParts, source: YamlSource): void {
  if (proxy !== undefined && proxy.address === undefined)
    source.report(
      ['proxy', 'address'],
      'is missing, and production has no default for it',
      "write the host's address that tenants are reached at, such as address: 192.0.2.10",
    );
  if (proxy?.tls.issuer === 'platform-ca')
    source.report(
      ['proxy', 'tls', 'issuer'],
      "is not for production: the platform's own authority is trusted by nobody outside",
      'use issuer: acme with an email, or issuer: files with certificates',
    );
  if (vault?.kind === 'local')
    source.report(
      ['vault', 'kind'],
      "is not for production: its keys are on the tenants' disk, and lost with it",
      'use kind: external with the address of a Vault that is run and backed up elsewhere',
    );
  if (vault?.kind === 'external' && vault.address.startsWith('http:'))
    source.report(
      ['vault', 'address'],
      'is not for production: private keys would travel unencrypted',
      `write ${vault.address.replace('http:', 'https:')}, and give Vault a certificate`,
    );
  if (network?.denylist === false)
    source.report(
      ['network', 'denylist'],
      'is not for production: nodes would accept certificates that the network has blocked',
      'write denylist: true',
    );
}
