import { tenantStackName } from '../stacks/add-stacks';
import { missingCertificate } from './certificates/missing-certificate';
import { holderOf } from './certificates/holder';
import type { Project } from './project';
import { missingSecret, wantedSecrets } from './secret/wanted-secrets';
import { UserError } from './user-error';
import { findOperatorVault, operatorVault } from './vault/project-vault';

/** Why a tenant can't be applied as it is. */
export interface Unready {
  readonly tenant: string;
  /** In a few words, for a table. */
  readonly state: string;
  readonly message: string;
  readonly remedy: string;
}

/** Tenants whose node could not start, for want of what only people can bring. Vault is asked, since no state of Terraform knows. */
export async function unreadyTenants(project: Project): Promise<Unready[]> {
  const wanting = project.tenants.filter(
    (tenant) =>
      tenant.state === 'active' &&
      (holderOf(project, tenant.id) !== undefined || wantedSecrets(tenant, project.platform).length > 0),
  );
  if (wanting.length === 0) return [];
  const vault = operatorVault(project);
  const found = await Promise.all(
    wanting.map(
      async (tenant) =>
        (await missingCertificate(project, vault, tenant.id)) ?? missingSecret(project, vault, tenant),
    ),
  );
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

function toExpression(pattern: string): RegExp {
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`);
}
