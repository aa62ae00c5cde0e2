import type { PlatformFile, PlatformParts } from './platform-config';
import { checkGuards } from './api-checks';
import { checkCertificate, completeCertificate } from './certificate-checks';
import { tenantIdLike } from './tenant-config';
import type { TenantConfig, TenantFile, TenantParts } from './tenant-config';
import type { YamlSource } from './yaml-source';

/** A tenant's file, and what was found in it. */
export interface TenantRecord {
  /** The id that the file's name promises. */
  readonly id: string;
  readonly source: YamlSource;
  readonly parts: TenantParts;
}

/** The keys whose absence is reported here, where it's known what they should be. `subnet` is reported with those of the others. */
export const CHECKED_KEYS = ['id', 'url', 'subnet'];

/** Checks what a tenant's keys say together, and with its platform. */
export function checkTenant(tenant: TenantRecord, platform: PlatformParts): void {
  if (lacks(tenant.source, 'id'))
    tenant.source.report(['id'], 'is missing', `add id: ${tenantIdLike(tenant.id)}`);
  checkUrl(tenant, platform.domain);
  checkRemoval(tenant);
  checkDidMethods(tenant);
  checkGuards(tenant);
  checkCertificate(tenant, platform);
  checkStores(tenant);
  checkRedis(tenant, platform);
}

/** Fills in the defaults that follow from other keys, and from the platform. */
export function completeTenant(
  { certificate, ...tenant }: TenantFile,
  { environment }: Pick<PlatformFile, 'environment'>,
): TenantConfig {
  const didMethods = tenant.didMethods ?? ['nuts'];
  return {
    ...tenant,
    didMethods,
    ...(didMethods.includes('nuts') && { certificate: completeCertificate(certificate, environment) }),
  };
}

/** Whether a file lacks a key, or its value. */
export function lacks(source: YamlSource, key: string): boolean {
  return source.keys !== undefined && (source.at([key]) ?? undefined) === undefined;
}

function checkUrl({ id, source, parts }: TenantRecord, domain = '<domain>'): void {
  const own = `https://${parts.id ?? tenantIdLike(id)}.${domain}`;
  if (lacks(source, 'url')) source.report(['url'], 'is missing', `add url: ${own}`);
  if (parts.url === undefined || parts.url === own) return;
  const host = new URL(parts.url).hostname;
  if (host === domain || host.endsWith(`.${domain}`))
    source.report(
      ['url'],
      "is under the platform's domain, but not the tenant's own host there",
      `write ${own}, or a host of the customer's own`,
    );
}

function checkRemoval({ id, source, parts: { state, removeData } }: TenantRecord): void {
  if (removeData === undefined) return;
  if (state !== 'removed')
    source.report(
      ['removeData'],
      'only goes with state: removed',
      'take it out, or write state: removed to lose the tenant and its data',
    );
  else if (removeData !== id)
    source.report(
      ['removeData'],
      "is not this tenant's id",
      `write removeData: ${id} if its keys and data may be lost for good, or take it out`,
    );
}

function checkDidMethods({ source, parts: { release, didMethods } }: TenantRecord): void {
  if (release === 'v6' && lacks(source, 'didMethods'))
    source.report(
      ['didMethods'],
      'is missing, and release v6 has no default for it',
      'add didMethods: [web], or [web, nuts] to join the network of did:nuts',
    );
  if (didMethods === undefined) return;
  if (new Set(didMethods).size !== didMethods.length)
    source.report(['didMethods'], 'has the same method twice', 'name each method once');
  if (release === 'v5.4' && didMethods.includes('web'))
    source.report(
      ['didMethods'],
      'has web, which release v5.4 does not know',
      'write didMethods: [nuts], or release: v6',
    );
}

function checkStores({ source, parts: { release, sql } }: TenantRecord): void {
  if (release === 'v5.4' && sql !== undefined)
    source.report(
      ['sql'],
      'is set, but release v5.4 has no SQL database',
      'take sql out; its data are in Redis and on its volume',
    );
}

function checkRedis({ source, parts: { redis } }: TenantRecord, platform: PlatformParts): void {
  if (redis?.mode !== 'shared') return;
  if (platform.redis === undefined) {
    const remedy =
      'add redis: { kind: own } to platform.yaml, or leave redis out here: the tenant then has its own';
    source.report(['redis', 'mode'], 'needs a Redis that the platform shares, and it has none', remedy);
  }
  if (source.at(['limits', 'redis']) !== undefined)
    source.report(
      ['limits', 'redis'],
      'has no meaning for a part of a shared Redis',
      "take it out; memory is the platform's redis.memory",
    );
  const { passwords } = redis;
  if (passwords === undefined) return;
  if (platform.redis?.kind === 'given')
    source.report(
      ['redis', 'passwords'],
      'has no meaning for a Redis that is given: whoever runs it makes the passwords',
      'take it out; nuts-saas secret set brings a new one',
    );
  else if (passwords.some((number, index) => index > 0 && number <= (passwords[index - 1] ?? 0)))
    source.report(
      ['redis', 'passwords'],
      'does not rise: the node uses the last number, which must be the newest password',
      'write a higher number after the one in use, such as [1, 2]',
    );
}
