import { oneLine } from '../../stacks/config/certificate-checks';
import { certificatesOf } from '../../stacks/config/pem';
import type { Project } from '../project';
import type { Unready } from '../readiness';
import type { VaultClient } from '../vault/vault-client';
import { chainOf } from './certificate-chain';
import { CertificateStore } from './certificate-store';
import { holderOf } from './holder';

/** What keeps a tenant's node from starting: without the certificate that was ordered, or without the authority that it comes from. */
export async function missingCertificate(
  project: Project,
  vault: VaultClient,
  tenant: string,
): Promise<Unready | undefined> {
  const holder = holderOf(project, tenant);
  if (holder === undefined) return undefined;
  const { name, paths } = holder;
  const store = new CertificateStore(vault, paths);
  const current = await store.current();
  if (current === undefined) {
    const pending = await store.pending();
    const remedy =
      pending === undefined
        ? `nuts-saas certificates request ${name}`
        : `nuts-saas certificates import ${name} <file>, when the certificate has come; it was asked for on ${pending.requested.slice(0, 10)}`;
    return {
      tenant,
      state: 'waits for its certificate',
      message: `tenant ${tenant} waits for its certificate, and was left as it is`,
      remedy,
    };
  }
  const [certificate, ...given] = certificatesOf(current.chain);
  const truststore = certificatesOf(project.platform.network.truststore ?? '');
  // One that has expired is another matter: `certificates` and the node tell of it.
  const then = certificate && new Date(Math.min(Date.now(), Date.parse(certificate.validTo) - 1));
  if (certificate === undefined || chainOf(certificate, given, truststore, then) !== undefined)
    return undefined;
  return {
    tenant,
    state: 'authority dropped',
    message: `the certificate of tenant ${tenant} comes from an authority that network.truststore no longer has (${oneLine(certificate.issuer)}); the tenant was left as it is`,
    remedy: 'put the authority back into platform.yaml until no certificate in use comes from it',
  };
}
