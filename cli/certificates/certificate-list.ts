import { X509Certificate } from 'node:crypto';
import pLimit from 'p-limit';
import { PlatformNames, TenantHosts } from '../../lib/names';
import { oneLine } from '../../stacks/config/certificate-checks';
import { certificatesOf } from '../../stacks/config/pem';
import { releaseProfile } from '../../lib/tenant/node-config/environment';
import { FRESHNESS_CHECK } from '../../lib/tenant/revocation-lists';
import { Engine } from '../engine';
import { callableProxyAddress, type Project } from '../project';
import { operatorVault, vaultClient } from '../vault/project-vault';
import { chainOf } from './certificate-chain';
import { CertificateStore } from './certificate-store';
import { holders } from './holder';
import { servedCertificate } from './served-certificate';

export type CertificateState =
  | 'ok'
  | 'due'
  | 'expired'
  /** Asked for, and not there yet. */
  | 'pending'
  /** Not even asked for. */
  | 'missing'
  /** The truststore has no authority for it any more. */
  | 'untrusted'
  /** Lists of revoked certificates that are old: once they are past their date nobody gets in. */
  | 'stale'
  /** Nobody shows it. */
  | 'unreachable';

export interface ListedCertificate {
  /** `acme`, `--shared`, `proxy`, `authority` or `truststore`. */
  readonly holder: string;
  readonly source: string;
  readonly state: CertificateState;
  readonly subject?: string;
  readonly hosts?: readonly string[];
  readonly issuer?: string;
  readonly expires?: string;
  readonly daysLeft?: number;
  /** Since when a request waits, also next to a certificate that is in use. */
  readonly requested?: string;
}

const DAY = 24 * 60 * 60 * 1000;
/** What renews itself does so long before this; later it is overdue. */
const OVERDUE_DAYS = 7;
const AT_ONCE = 8;

/** Every certificate that the platform depends on: those that nodes show, those that the proxy shows, and the authorities. */
export async function listCertificates(project: Project, within: number): Promise<ListedCertificate[]> {
  const groups = await Promise.all([
    importedCertificates(project, within),
    revocationLists(project),
    issuedCertificates(project),
    proxyCertificates(project, within),
    authorities(project, within),
  ]);
  return groups.flat();
}

async function importedCertificates(project: Project, within: number): Promise<ListedCertificate[]> {
  const wanted = holders(project);
  if (wanted.length === 0) return [];
  const vault = operatorVault(project);
  const truststore = certificatesOf(project.platform.network.truststore ?? '');
  const limit = pLimit(AT_ONCE);
  return Promise.all(
    wanted.map((holder) =>
      limit(async () => {
        const store = new CertificateStore(vault, holder.paths);
        const [current, pending] = await Promise.all([store.current(), store.pending()]);
        const common = {
          holder: holder.name,
          source: holder.name === '--shared' ? 'shared' : 'own',
          ...(pending && { requested: pending.requested }),
        };
        if (current === undefined) return { ...common, state: pending ? 'pending' : 'missing' } as const;
        const [certificate, ...given] = certificatesOf(current.chain);
        if (certificate === undefined) return { ...common, state: 'missing' } as const;
        const entry = { ...common, ...describe(certificate, within) };
        const isTrusted = chainOf(certificate, given, truststore) !== undefined;
        return isTrusted || entry.state === 'expired' ? entry : { ...entry, state: 'untrusted' as const };
      }),
    ),
  );
}

/** Without fresh ones a node-to-node host refuses everybody. */
async function revocationLists({ platform, tenants }: Project): Promise<ListedCertificate[]> {
  if (platform.network.revocationLists === undefined) return [];
  const engine = new Engine(platform.name);
  const names = new PlatformNames(platform.name);
  const fetching = tenants.filter(
    ({ state, release, certificate }) =>
      state === 'active' &&
      releaseProfile(release).nodeToNodePort === undefined &&
      (certificate?.source === 'own' || certificate?.source === 'shared'),
  );
  if (fetching.length === 0) return [];
  // A tenant that still waits for its certificate has none yet.
  const there = new Set((await engine.containers()).map(({ name }) => name));
  const containers = fetching
    .map(({ id }) => ({ id, container: names.tenant(id).of('revocation') }))
    .filter(({ container }) => there.has(container));
  const limit = pLimit(AT_ONCE);
  return Promise.all(
    containers.map(({ id, container }) =>
      limit(async () => {
        const { ok, output } = await engine.exec(container, ['sh', '-c', FRESHNESS_CHECK]);
        const state = ok ? 'ok' : output.startsWith('stale') ? 'stale' : 'unreachable';
        return { holder: id, source: 'revocation lists', state } as const;
      }),
    ),
  );
}

/** Those of the platform's authority are nowhere but in memory: so the nodes are asked for them. */
async function issuedCertificates(project: Project): Promise<ListedCertificate[]> {
  const { platform, tenants } = project;
  const limit = pLimit(AT_ONCE);
  return Promise.all(
    tenants
      .filter(({ state, certificate }) => state === 'active' && certificate?.source === 'platform-ca')
      .map(({ id }) =>
        limit(async () => {
          const { nodeToNode } = new TenantHosts(id, platform.domain);
          const shown = await servedCertificate(
            callableProxyAddress(project),
            platform.proxy.grpcPort,
            nodeToNode,
          );
          const common = { holder: id, source: 'platform-ca' };
          return shown
            ? { ...common, ...describe(shown, OVERDUE_DAYS) }
            : { ...common, hosts: [nodeToNode], state: 'unreachable' as const };
        }),
      ),
  );
}

async function proxyCertificates(project: Project, within: number): Promise<ListedCertificate[]> {
  const { platform, tenants } = project;
  const { issuer } = platform.proxy.tls;
  const hosts = tenants.filter(({ state }) => state === 'active').map(({ url }) => new URL(url).hostname);
  const limit = pLimit(AT_ONCE);
  const shown = await Promise.all(
    hosts.map((host) =>
      limit(() => servedCertificate(callableProxyAddress(project), platform.proxy.httpsPort, host)),
    ),
  );
  const common = { holder: 'proxy', source: issuer };
  const different = new Map(shown.flatMap((one) => (one ? [[one.fingerprint256, one]] : [])));
  const without = hosts.filter((_, index) => shown[index] === undefined);
  return [
    ...[...different.values()].map((one) => ({
      ...common,
      ...describe(one, issuer === 'files' ? within : OVERDUE_DAYS),
    })),
    ...without.map((host) => ({ ...common, hosts: [host], state: 'unreachable' as const })),
  ];
}

async function authorities(project: Project, within: number): Promise<ListedCertificate[]> {
  const { pkiMount } = new PlatformNames(project.platform.name);
  const own = new X509Certificate(await vaultClient(project).pem(`${pkiMount}/ca/pem`));
  const trusted = certificatesOf(project.platform.network.truststore ?? '');
  return [
    { holder: 'authority', source: 'platform-ca', ...describe(own, within) },
    ...trusted.map((one) => ({ holder: 'truststore', source: 'network', ...describe(one, within) })),
  ];
}

export function describe(certificate: X509Certificate, within: number, now = new Date()) {
  const end = new Date(certificate.validTo);
  const daysLeft = Math.floor((end.getTime() - now.getTime()) / DAY);
  const hosts = (certificate.subjectAltName ?? '')
    .split(', ')
    .filter((name) => name.startsWith('DNS:'))
    .map((name) => name.slice('DNS:'.length));
  const state: CertificateState = end <= now ? 'expired' : daysLeft < within ? 'due' : 'ok';
  return {
    subject: oneLine(certificate.subject),
    ...(hosts.length > 0 && { hosts }),
    issuer: oneLine(certificate.issuer),
    expires: end.toISOString(),
    daysLeft,
    state,
  };
}
