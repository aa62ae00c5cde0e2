import { PlatformNames } from '../../../../lib/names';
import { type Attempt, type AttackGroup, blocked, type Duel, notRun, succeeded } from '../attack';
import type { Party } from '../party';
import { callVault } from './vault-socket';

const PLANTED = 'planted';

/** Takes over a node, and uses its way to Vault for what is another tenant's, or for more power. */
export const VAULT: AttackGroup = {
  name: 'vault',
  harmless: false,

  controls: (duel) => [
    // What the other side then tries to steal, too.
    ...[duel.from, duel.to].map((owner) =>
      allowed(duel, owner, 'PUT', keys(owner, PLANTED), '{"key":"planted"}'),
    ),
    allowed(duel, duel.from, 'GET', keys(duel.from, PLANTED)),
    allowed(duel, duel.from, 'LIST', keys(duel.from)),
  ],

  attacks: (duel) => {
    const { from, to } = duel;
    return [
      ...[
        ...onMounts(to),
        ...onIdentity(duel),
        // Around its own mount, whose policy must not be wider than it looks.
        ['GET', `${from.names.keysMount}/other`],
        ['LIST', from.names.keysMount],
        ['LIST', `${from.names.secretsMount}/metadata`],
      ].map(([method = '', path = '']) => forbidden(duel, method, path)),
      ...onNotation(duel),
    ];
  },
};

function onMounts({ names }: Party): [string, string][] {
  const { keysMount, secretsMount } = names;
  const stored = `${keysMount}/nuts-private-keys`;
  return [
    ['GET', `${stored}/${PLANTED}`],
    ['PUT', `${stored}/${PLANTED}`],
    ['PUT', `${stored}/new`],
    ['DELETE', `${stored}/${PLANTED}`],
    ['LIST', stored],
    ['LIST', keysMount],
    ['GET', `${keysMount}/other`],
    ['GET', `${secretsMount}/data/${PLANTED}`],
    ['PUT', `${secretsMount}/data/${PLANTED}`],
    ['DELETE', `${secretsMount}/data/${PLANTED}`],
    ['LIST', `${secretsMount}/metadata`],
    ['GET', `${secretsMount}/metadata/${PLANTED}`],
    ['DELETE', `${secretsMount}/metadata/${PLANTED}`],
    ['GET', `${secretsMount}/subkeys/${PLANTED}`],
    ['PUT', `${secretsMount}/undelete/${PLANTED}`],
    ['PUT', `${secretsMount}/destroy/${PLANTED}`],
    ['GET', `${secretsMount}/config`],
    ...[keysMount, secretsMount].flatMap((mount): [string, string][] => [
      ['GET', `sys/mounts/${mount}`],
      ['DELETE', `sys/mounts/${mount}`],
      ['PUT', `sys/mounts/${mount}/tune`],
      ['GET', `sys/internal/ui/mounts/${mount}`],
    ]),
    ['GET', 'sys/mounts'],
  ];
}

function onIdentity({ project, from, to }: Duel): [string, string][] {
  const { approleMount, pkiMount, proxyIdentity, operatorPolicy } = new PlatformNames(project.platform.name);
  const own = identities(from);
  return [
    ...identities(to).flatMap((name): [string, string][] => {
      const role = `auth/${approleMount}/role/${name}`;
      return [
        ['GET', `sys/policies/acl/${name}`],
        ['PUT', `sys/policies/acl/${name}`],
        ['DELETE', `sys/policies/acl/${name}`],
        ['GET', role],
        ['PUT', role],
        ['DELETE', role],
        ['GET', `${role}/role-id`],
        ['PUT', `${role}/role-id`],
        ['PUT', `${role}/secret-id`],
        ['LIST', `${role}/secret-id`],
        ['PUT', `${role}/policies`],
      ];
    }),
    // More power for itself.
    ...own.flatMap((name): [string, string][] => [
      ['PUT', `sys/policies/acl/${name}`],
      ['PUT', `auth/${approleMount}/role/${name}/secret-id`],
      ['PUT', `auth/${approleMount}/role/${name}/policies`],
    ]),
    ['GET', `sys/policies/acl/${operatorPolicy}`],
    ['LIST', 'sys/policies/acl'],
    ['LIST', `auth/${approleMount}/role`],
    ['PUT', 'auth/token/create'],
    ['PUT', 'auth/token/create-orphan'],
    ['LIST', 'auth/token/accessors'],
    ['PUT', 'auth/token/lookup'],
    ['LIST', 'identity/entity/id'],
    ['GET', `identity/entity/name/${to.names.entity}`],
    ['PUT', `identity/entity/name/${to.names.entity}`],
    ['PUT', `${pkiMount}/issue/${to.names.pkiRole}`],
    ['PUT', `${pkiMount}/issue/${from.names.pkiRole}`],
    ['PUT', `${pkiMount}/sign/${to.names.pkiRole}`],
    ['PUT', `${pkiMount}/issue/${proxyIdentity}`],
    ['GET', `${pkiMount}/roles/${to.names.pkiRole}`],
    ['LIST', `${pkiMount}/certs`],
    ['PUT', 'sys/leases/lookup'],
    ['GET', 'sys/audit'],
    ['GET', 'sys/raw/core'],
  ];
}

// Another way to write the other's path, or to say who asks.
function onNotation(duel: Duel): Attempt[] {
  const { from, to } = duel;
  const theirs = keys(to, PLANTED);
  const parts = theirs.split('/');
  const written: [string, string][] = [
    ['dots', `${keys(from)}/${'../'.repeat(keys(from).split('/').length)}${theirs}`],
    ['encoded-dots', `${keys(from)}/${'%2e%2e/'.repeat(keys(from).split('/').length)}${theirs}`],
    ['encoded-slash', `${keys(from)}/..%2f..%2f..%2f${theirs.replaceAll('/', '%2f')}`],
    ['double-slash', theirs.replaceAll('/', '//')],
    ['trailing-slash', `${theirs}/`],
    ['encoded-slashes', parts.join('%2f')],
    ['capital', theirs.replace(to.names.id, to.names.id.toUpperCase())],
  ];
  const headers: [string, string][] = [
    ['brought-token', 'X-Vault-Token: root'],
    ['bearer', 'Authorization: Bearer root'],
    ['namespace', 'X-Vault-Namespace: root'],
    ['namespace-up', 'X-Vault-Namespace: ../'],
    ['policy-override', 'X-Vault-Policy-Override: true'],
  ];
  return [
    ...written.map(([id, path]) => withoutLoot(duel, `path-${id}`, path)),
    ...headers.map(([id, header]) => withoutLoot(duel, `header-${id}`, theirs, header)),
    withoutLoot(duel, 'wrapped', theirs, 'X-Vault-Wrap-TTL: 60'),
  ];
}

/** Every login of a tenant, each with a policy and a role of that name. */
function identities({ tenant, names }: Party): string[] {
  return [names.identity(tenant.generation), names.identity(tenant.generation, 'certificate')];
}

function keys({ names }: Party, key?: string): string {
  return [`${names.keysMount}/nuts-private-keys`, ...(key ? [key] : [])].join('/');
}

function allowed({ engine }: Duel, owner: Party, method: string, path: string, body?: string): Attempt {
  return {
    id: `${method} ${path}`,
    description: `${method} of its own ${path}`,
    run: async () => {
      const { status } = await callVault(engine, owner, method, path, body === undefined ? {} : { body });
      const answer = `Vault answered ${status}`;
      return status >= 200 && status < 300 ? succeeded(answer) : blocked(answer);
    },
  };
}

/** Only a 403 says that the policy decided: anything else came from behind it. */
function forbidden({ engine, from }: Duel, method: string, path: string): Attempt {
  return {
    id: `${method} ${path}`,
    description: `${method} ${path} over the node's socket`,
    run: async () => {
      const { status, body } = await callVault(engine, from, method, path);
      if (status === 0) return notRun(body.slice(0, 100));
      const answer = `Vault answered ${status}`;
      return status === 403 ? blocked(answer) : succeeded(answer);
    },
  };
}

/** What an odd notation leads to doesn't matter, as long as nothing is got. */
function withoutLoot({ engine, from }: Duel, id: string, path: string, header?: string): Attempt {
  return {
    id,
    description: `GET ${path}${header ? ` with ${header}` : ''} over the node's socket`,
    run: async () => {
      const { status, body } = await callVault(
        engine,
        from,
        'GET',
        path,
        header ? { headers: [header] } : {},
      );
      if (status === 0) return notRun(body.slice(0, 100));
      const answer = `Vault answered ${status}`;
      return status >= 400 && status < 500 ? blocked(answer) : succeeded(answer);
    },
  };
}
