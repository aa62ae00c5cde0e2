import { othersThan, tenants, vaultPathsOf, type KnownTenant } from '../../guardrails/knowledge/tenants';
import { vaultLogins, type VaultLogin } from '../../guardrails/knowledge/vault-logins';
import { matchesPath, pathsMeet } from '../../guardrails/knowledge/vault-paths';
import { list, textOf, type StackJson } from '../../guardrails/stack-json';
import { vaultAdministration } from '../../guardrails/rules/vault-administration';
import type { Edge, Thing } from '../graph';
import { hostId } from './route';

export const loginId = (name: string) => `login ${name}`;
const pathsId = (tenant: string) => `everything in Vault of ${tenant}`;

/** What tenants have in Vault: those that are there, and some that may come. */
export function vaultThings(stacks: readonly StackJson[]): Thing[] {
  const all = tenants(stacks);
  const ids = new Set(all.flatMap((tenant) => [tenant, ...othersThan(tenant, all)]).map(({ id }) => id));
  return [...ids].map((id) => ({ id: pathsId(id), owner: id }));
}

/** From a container to its login, and on to what its policies match. */
export function vaultEdges(stacks: readonly StackJson[]): Edge[] {
  const kind = 'vault' as const;
  const all = tenants(stacks);
  const administrators = vaultAdministration
    .sightings({ stacks, environment: 'production' })
    .map(({ at }) => at);
  return vaultLogins(stacks).flatMap((login) => {
    const { name, containers, role } = login;
    const self = all.find(({ id }) => id === login.tenant);
    const everybody = self === undefined ? all : [self, ...othersThan(self, all)];
    const isAdministrator = administrators.includes(role);
    return [
      ...containers.map((holder) => ({
        kind,
        from: `container ${holder}`,
        how: 'logs in with',
        to: loginId(name),
      })),
      ...everybody
        .filter((tenant) => isAdministrator || reaches(login, tenant))
        .map(({ id }) => ({ kind, from: loginId(name), how: 'has a policy for', to: pathsId(id) })),
      ...certificateHosts(stacks, login).map((host) => ({
        kind,
        from: loginId(name),
        how: 'can have a certificate for',
        to: hostId(host),
      })),
    ];
  });
}

function reaches({ rules, unknown }: VaultLogin, tenant: KnownTenant): boolean {
  if (unknown.length > 0) return true;
  const paths = vaultPathsOf(tenant);
  return rules.some(
    ({ path, capabilities }) =>
      capabilities.some((capability) => capability !== 'deny') &&
      paths.some((theirs) => pathsMeet(path, theirs)),
  );
}

function certificateHosts(stacks: readonly StackJson[], { rules, tenant }: VaultLogin): string[] {
  if (tenant === undefined) return [];
  return stacks.flatMap((stack) =>
    stack
      .resources('vault_pki_secret_backend_role')
      .filter(({ values }) => {
        const issue = `${stack.literal(textOf(values.backend))}/issue/${stack.literal(textOf(values.name))}`;
        return rules.some(({ path }) => matchesPath(path, issue));
      })
      .flatMap(({ values }) => list(values.allowed_domains).map(textOf)),
  );
}
