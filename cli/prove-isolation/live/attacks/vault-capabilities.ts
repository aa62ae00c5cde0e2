import { PlatformNames } from '../../../../lib/names';
import { type Attempt, type AttackGroup, blocked, type Duel, notRun, succeeded } from '../attack';
import type { Party } from '../party';
import { once } from './in-container';
import { callVault } from './vault-socket';

/** Asks Vault itself what a tenant's login may do with what is another's: nothing is tried, so real tenants can be asked too. */
export const VAULT_CAPABILITIES: AttackGroup = {
  name: 'vault',
  harmless: true,

  controls: (duel) => {
    const own = `${duel.from.names.keysMount}/nuts-private-keys/any`;
    const answer = capabilities(duel, [own]);
    return [
      {
        id: 'own',
        description: 'asking Vault what its login may do with its own keys',
        run: async () => {
          const found = await answer(own);
          return found.includes('read') ? succeeded(found.join(', ')) : blocked(found.join(', '));
        },
      },
    ];
  },

  attacks: (duel) => {
    const theirs = pathsOf(duel, duel.to);
    const shared = platformPaths(duel);
    const answer = capabilities(duel, [...theirs, ...shared]);
    const attempt = (path: string, to?: 'platform'): Attempt => ({
      id: `capabilities ${path}`,
      description: `what its login may do on ${path}`,
      ...(to && { to }),
      run: async () => {
        const found = await answer(path);
        if (found.length === 0) return notRun('Vault did not say');
        return found.join() === 'deny' ? blocked('deny') : succeeded(found.join(', '));
      },
    });
    return [...theirs.map((path) => attempt(path)), ...shared.map((path) => attempt(path, 'platform'))];
  },
};

function pathsOf({ project }: Duel, { names, tenant }: Party): string[] {
  const { approleMount, pkiMount } = new PlatformNames(project.platform.name);
  const { keysMount, secretsMount, pkiRole, entity } = names;
  const identities = [names.identity(tenant.generation), names.identity(tenant.generation, 'certificate')];
  return [
    keysMount,
    `${keysMount}/`,
    `${keysMount}/nuts-private-keys`,
    `${keysMount}/nuts-private-keys/`,
    `${keysMount}/nuts-private-keys/any`,
    `${secretsMount}/data/any`,
    `${secretsMount}/metadata/`,
    `${secretsMount}/metadata/any`,
    `sys/mounts/${keysMount}`,
    `sys/mounts/${secretsMount}`,
    ...identities.flatMap((name) => [
      `sys/policies/acl/${name}`,
      `auth/${approleMount}/role/${name}`,
      `auth/${approleMount}/role/${name}/role-id`,
      `auth/${approleMount}/role/${name}/secret-id`,
    ]),
    `identity/entity/name/${entity}`,
    `${pkiMount}/issue/${pkiRole}`,
    `${pkiMount}/sign/${pkiRole}`,
    `${pkiMount}/roles/${pkiRole}`,
  ];
}

function platformPaths({ project }: Duel): string[] {
  const { approleMount, pkiMount, proxyIdentity, operatorPolicy, platform } = new PlatformNames(
    project.platform.name,
  );
  return [
    `${platform}/`,
    'tenants/',
    'sys/mounts',
    'sys/auth',
    'sys/audit',
    'sys/seal',
    'sys/step-down',
    'sys/rotate',
    'sys/raw/core',
    'sys/storage/raft/snapshot',
    'sys/config/ui',
    'sys/policies/acl/',
    `sys/policies/acl/${operatorPolicy}`,
    'auth/token/create',
    'auth/token/create-orphan',
    'auth/token/accessors/',
    `auth/${approleMount}/role/`,
    'identity/entity',
    'identity/entity-alias',
    'identity/group',
    `${pkiMount}/issue/${proxyIdentity}`,
    `${pkiMount}/root/rotate/internal`,
    `${pkiMount}/issuers/generate/root/internal`,
  ];
}

/** One question for all paths, when the first is asked for. */
function capabilities(
  { engine, from }: Duel,
  paths: readonly string[],
): (path: string) => Promise<readonly string[]> {
  const ask = once(async () => {
    const { status, body } = await callVault(engine, from, 'PUT', 'sys/capabilities-self', {
      body: JSON.stringify({ paths }),
    });
    if (status !== 200) throw new Error(`Vault answered ${status} to sys/capabilities-self`);
    return (JSON.parse(body) as { data: Record<string, string[]> }).data;
  });
  return async (path) => (await ask())[path] ?? [];
}
