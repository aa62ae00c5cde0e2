import { tenantStackName } from '../../stacks/add-stacks';
import { oneLine } from '../../stacks/config/certificate-checks';
import { certificatesOf } from '../../stacks/config/pem';
import type { Project } from '../project';
import { UserError } from '../user-error';
import { findOperatorVault, operatorVault } from '../vault/project-vault';
import type { VaultClient } from '../vault/vault-client';
import { chainOf } from './certificate-chain';
import { CertificateStore } from './certificate-store';
import { holderOf, type Holder } from './holder';

/** Why a tenant can't be applied as it is. */
export interface Unready {
  readonly tenant: string;
  /** In a few words, for a table. */
  readonly state: string;
  readonly message: string;
  readonly remedy: string;
}

/**
 * Tenants whose node could not start: without the certificate that was ordered, or without the authority that it comes from. Vault is
 * asked, since no state of Terraform knows.
 */
export async function unreadyTenants(project: Project): Promise<Unready[]> {
  const wanting = project.tenants
    .filter(({ state }) => state === 'active')
    .flatMap(({ id }) => {
      const holder = holderOf(project, id);
      return holder === undefined ? [] : [{ id, holder }];
    });
  if (wanting.length === 0) return [];
  const vault = operatorVault(project);
  const found = await Promise.all(wanting.map(({ id, holder }) => unready(project, vault, id, holder)));
  return found.filter((one) => one !== undefined);
}

/** The same, in as far as this machine can know. */
export async function knownUnreadyTenants(project: Project): Promise<Unready[]> {
  return findOperatorVault(project) === undefined ? [] : unreadyTenants(project);
}

/** The stacks that patterns mean, without those of tenants that aren't ready. */
export function readyStacks(
  { tenants }: Project,
  patterns: readonly string[],
  unready: readonly Unready[],
): { ready: readonly string[]; refused: readonly Unready[] } {
  const means = (stack: string) => patterns.some((pattern) => toExpression(pattern).test(stack));
  const refused = unready.filter(({ tenant }) => means(tenantStackName(tenant)));
  // As they were given: cdktf complains about a pattern that means nothing.
  if (refused.length === 0) return { ready: patterns, refused };
  const all = ['vault', 'platform', ...tenants.map(({ id }) => tenantStackName(id))];
  const isRefused = (stack: string) => refused.some(({ tenant }) => tenantStackName(tenant) === stack);
  return { ready: all.filter((stack) => means(stack) && !isRefused(stack)), refused };
}

/** @throws UserError when there is a tenant that had to be left out */
export function reportUnready(refused: readonly Unready[]): void {
  const [first] = refused;
  if (first === undefined) return;
  throw new UserError(
    refused.map(({ message }) => message).join('\n'),
    [...new Set(refused.map(({ remedy }) => remedy))].join('\n  → '),
  );
}

async function unready(
  { platform }: Project,
  vault: VaultClient,
  tenant: string,
  { name, paths }: Holder,
): Promise<Unready | undefined> {
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
  const truststore = certificatesOf(platform.network.truststore ?? '');
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

function toExpression(pattern: string): RegExp {
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`);
}
