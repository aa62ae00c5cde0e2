import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { openProject } from '../../cli/project';
import { Decoys } from '../../cli/prove-isolation/live/decoys';
import type { AttackGroup } from '../../cli/prove-isolation/live/attack';
import { CONTAINER_ESCAPE } from '../../cli/prove-isolation/live/attacks/container-escape';
import { FILES } from '../../cli/prove-isolation/live/attacks/files';
import { NETWORK } from '../../cli/prove-isolation/live/attacks/network';
import { PROXY_HEADERS } from '../../cli/prove-isolation/live/attacks/proxy-headers';
import { PROXY_HOSTS } from '../../cli/prove-isolation/live/attacks/proxy-hosts';
import { PROXY_PATHS } from '../../cli/prove-isolation/live/attacks/proxy-paths';
import { REDIS } from '../../cli/prove-isolation/live/attacks/redis';
import { TOKENS } from '../../cli/prove-isolation/live/attacks/tokens';
import { VAULT } from '../../cli/prove-isolation/live/attacks/vault';
import { VAULT_CAPABILITIES } from '../../cli/prove-isolation/live/attacks/vault-capabilities';
import { VAULT_LOCKOUT } from '../../cli/prove-isolation/live/attacks/vault-lockout';
import { VAULT_LOGINS } from '../../cli/prove-isolation/live/attacks/vault-logins';
import { attackDecoys } from '../../cli/prove-isolation/live/prove-live';
import { allBlocked } from '../../cli/prove-isolation/live/summary';
import type { Decoy } from '../../cli/prove-isolation/live/decoy-configuration';
import { generateRootToken } from '../../cli/vault/generate-root-token';
import { VaultClient } from '../../cli/vault/vault-client';
import { vaultKeysFile } from '../../stacks/local-files';
import { docker, eventually, PROJECT, toolEnvironment } from './support/platform';
import { editInVolume } from './support/volume-file';

// Each looks again and again, while the parts that it changed take notice.
jest.setTimeout(240_000);

const VAULT_ADDRESS = 'http://127.0.0.1:8200';
const project = openProject(PROJECT);
const decoys = new Decoys(project);
let made: [Decoy, Decoy];
let rootToken: string;
let vault: VaultClient;

beforeAll(async () => {
  Object.assign(process.env, toolEnvironment());
  const { unsealKey } = JSON.parse(readFileSync(vaultKeysFile(PROJECT), 'utf8')) as { unsealKey: string };
  rootToken = await generateRootToken(new VaultClient(VAULT_ADDRESS), unsealKey);
  vault = new VaultClient(VAULT_ADDRESS, rootToken);
  made = await decoys.make();
}, 300_000);

afterAll(async () => {
  await decoys.remove();
  await vault.call('PUT', 'auth/token/revoke-self', {});
}, 300_000);

/** The attacks of some groups that succeed now, as the attacker and what it did. */
async function successes(groups: readonly AttackGroup[]): Promise<string[]> {
  for (let left = 2; ; left--) {
    const attacks = await attackDecoys(project, made, decoys.stateDirectory, groups);
    // Where much else runs, an attacker may not get through in time even to what is its own: that says nothing.
    const unclear = attacks.find(({ outcome }) => outcome === 'not run');
    if (left > 0 && unclear) continue;
    const found = attacks
      .filter(({ outcome }) => outcome === 'succeeded')
      .map(({ id, group, from }) => `${from}: ${id.slice(group.length + 1)}`);
    if (unclear && found.length === 0) throw new Error(`${unclear.id} was not run: ${unclear.evidence}`);
    return found;
  }
}

describe('Vault', () => {
  const POLICY = 'sys/policies/acl/nuts-decoy.g1';

  async function widened(rule: string, ...groups: AttackGroup[]): Promise<string[]> {
    const before = (await vault.call('GET', POLICY)).data?.policy as string;
    await vault.call('PUT', POLICY, { policy: `${before}\n${rule}\n` });
    try {
      return await successes(groups);
    } finally {
      await vault.call('PUT', POLICY, { policy: before });
    }
  }

  it('a policy that also fits the keys of others is found out', async () => {
    const found = await widened(
      'path "nuts/*" { capabilities = ["read", "list"] }',
      VAULT,
      VAULT_CAPABILITIES,
    );
    expect(found).toContain('decoy: GET nuts/decoy-b/nuts-private-keys/planted');
    expect(found).toContain('decoy: LIST nuts/decoy-b/nuts-private-keys');
    expect(found).toContain('decoy: capabilities nuts/decoy-b/nuts-private-keys/any');
    expect(found.filter((line) => line.startsWith('decoy-b:'))).toEqual([]);
  });

  it.each([
    ['paths that begin alike', 'path "nuts/decoy*" { capabilities = ["read"] }'],
    ['a path in any mount', 'path "nuts/+/nuts-private-keys/*" { capabilities = ["read"] }'],
    ['everything', 'path "*" { capabilities = ["read"] }'],
  ])('so is one that fits %s, by asking Vault alone', async (_, rule) => {
    expect(await widened(rule, VAULT_CAPABILITIES)).toContain(
      'decoy: capabilities nuts/decoy-b/nuts-private-keys/any',
    );
  });

  it('a role that asks for no SecretID is found out', async () => {
    const role = 'auth/nuts-approle/role/nuts-decoy-b.g1';
    const { data = {} } = await vault.call('GET', role);
    const { token_bound_cidrs, secret_id_bound_cidrs } = data;
    // The address of its own sidecar alone would still hold the others off.
    const anywhere = [project.platform.networks.vault];
    await vault.call('PUT', role, {
      bind_secret_id: false,
      token_bound_cidrs: anywhere,
      secret_id_bound_cidrs: anywhere,
    });
    try {
      expect(await successes([VAULT_LOGINS])).toContain(
        'decoy: login vault-proxy as nuts-decoy-b-vault-proxy',
      );
    } finally {
      await vault.call('PUT', role, { bind_secret_id: true, token_bound_cidrs, secret_id_bound_cidrs });
    }
  });

  it('a Vault that locks out whoever others log in as is found out', async () => {
    const lockout = (disabled: boolean) =>
      vault.call('PUT', 'sys/mounts/auth/nuts-approle/tune', {
        user_lockout_config: { lockout_disable: disabled },
      });
    await lockout(false);
    try {
      expect(await successes([VAULT_LOCKOUT])).toContain('decoy: lockout');
    } finally {
      await lockout(true);
    }
    expect(await successes([VAULT_LOCKOUT])).toEqual([]);
  });

  it('a wrapped SecretID in the state that nobody has opened is found out', async () => {
    const wrapped = (await (
      await fetch(`${VAULT_ADDRESS}/v1/sys/wrapping/wrap`, {
        method: 'PUT',
        headers: { 'X-Vault-Token': rootToken, 'X-Vault-Wrap-TTL': '60' },
        body: '{"secret_id":"none"}',
      })
    ).json()) as { wrap_info: { token: string } };
    const file = join(decoys.stateDirectory, 'tenant-decoy-b.tfstate');
    const before = readFileSync(file, 'utf8');
    writeFileSync(
      file,
      before.replace(/"wrapping_token": "[^"]+"/, `"wrapping_token": "${wrapped.wrap_info.token}"`),
    );
    try {
      expect(await successes([VAULT_LOGINS])).toEqual(['decoy: replay 1']);
    } finally {
      writeFileSync(file, before);
    }
  });
});

describe('Redis', () => {
  const VOLUME = 'nuts-decoy-redis-config';

  it.each([
    ['keys', (acl: string) => acl.replace(/~.*~\S+/, '~*'), ['get decoy-b_proof']],
    // Among them are some that stop the server, and then those after it aren't run.
    [
      'commands',
      (acl: string) => acl.replace('-@all', '+@all'),
      ['randomkey', 'dbsize', 'config get *', 'acl list'],
    ],
  ])(
    'a user with all %s is found out',
    async (_, change, attacks) => {
      const undo = editInVolume(VOLUME, 'users.acl', change);
      try {
        await eventually(async () => {
          const found = await successes([REDIS]);
          expect(attacks.some((attack) => found.includes(`decoy: ${attack}`))).toBe(true);
        }, 90);
      } finally {
        undo();
      }
      await eventually(async () => {
        expect(await successes([REDIS])).toEqual([]);
      }, 90);
    },
    240_000,
  );
});

it('a network that two tenants share is found out', async () => {
  docker('network', 'connect', 'nuts-decoy-b-node', 'nuts-decoy-node');
  try {
    expect(await successes([NETWORK])).toEqual(
      expect.arrayContaining([
        'decoy: connect nuts-decoy-b-node:8080',
        'decoy: connect nuts-decoy-b-node:8081',
        'decoy-b: connect nuts-decoy-node:8080',
      ]),
    );
    expect(await successes([FILES])).toContain('decoy: shared networks');
  } finally {
    docker('network', 'disconnect', 'nuts-decoy-b-node', 'nuts-decoy-node');
  }
});

describe('the proxy', () => {
  interface Routes {
    http: {
      routers: Record<string, { rule: string; middlewares?: string[] }>;
      middlewares: Record<string, Record<string, Record<string, unknown>>>;
    };
  }
  const editRoutes = (change: (routes: Routes) => void) =>
    editInVolume('nuts-platform-routes', 'decoy-b.yaml', (yaml) => {
      const routes = parse(yaml) as Routes;
      change(routes);
      return stringify(routes);
    });

  it('a route without its list of paths is found out', async () => {
    const undo = editRoutes(({ http }) => {
      for (const [name, router] of Object.entries(http.routers))
        if (name.endsWith('-public')) router.rule = 'Host(`decoy-b.saas.internal`)';
    });
    try {
      await eventually(async () => {
        expect(await successes([PROXY_PATHS])).toContain(
          'outside: GET decoy-b.saas.internal /status/diagnostics',
        );
      });
    } finally {
      undo();
    }
  });

  it('certificates for hosts that nobody knows are found out', async () => {
    const undo = editInVolume('nuts-platform-routes', 'platform-tls.yaml', (yaml) =>
      yaml.replaceAll(/"sniStrict":\s*true/g, '"sniStrict":false'),
    );
    try {
      await eventually(async () => {
        expect(await successes([PROXY_HOSTS])).toContain('outside: tls 443 no name');
      }, 120);
    } finally {
      undo();
    }
  });

  it('a proxy that believes what calls say of their address is found out', async () => {
    // A route that only a proxy knows which keeps the header: the platform's own takes it away before it looks for a route.
    const undo = editRoutes(({ http }) => {
      for (const middleware of Object.values(http.middlewares))
        if (middleware.ipAllowList)
          http.middlewares.believing = {
            ipAllowList: { ...middleware.ipAllowList, ipStrategy: { depth: 1 } },
          };
      const api = Object.values(http.routers).find(({ rule }) => rule.includes('/internal/'));
      if (api === undefined) throw new Error('there is no route to the API');
      http.routers.believing = {
        ...api,
        rule: `${api.rule} && HeaderRegexp(\`X-Forwarded-For\`, \`.+\`)`,
        middlewares: ['believing'],
      };
    });
    const stop = startBelievingProxy();
    try {
      await eventually(async () => {
        expect(await successes([PROXY_HEADERS])).toContain(
          'decoy: address, saying X-Forwarded-For: 10.80.0.1',
        );
      }, 120);
    } finally {
      stop();
      undo();
    }
  });
});

/** In the place of the platform's proxy, since tenants reach no other port of the host: one with an option more. */
function startBelievingProxy(): () => void {
  const inspect = (format: string) => docker('inspect', 'nuts-platform-proxy', '--format', format);
  const options = JSON.parse(inspect('{{json .Config.Cmd}}')) as string[];
  docker('stop', 'nuts-platform-proxy');
  docker(
    ...['run', '--detach', '--name', 'believing-proxy', '--network', 'host'],
    ...['--user', inspect('{{.Config.User}}'), '--volume', 'nuts-platform-routes:/routes:ro'],
    ...[inspect('{{.Config.Image}}'), ...options, '--entrypoints.https.forwardedheaders.insecure=true'],
  );
  return () => {
    docker('rm', '--force', 'believing-proxy');
    docker('start', 'nuts-platform-proxy');
  };
}

it('a client of another tenant that a node would believe is found out', async () => {
  const [own, other] = made;
  const undo = editInVolume(
    'nuts-decoy-b-node-config',
    'authorized_keys',
    (keys) => `${keys}${own.client.publicKey} ${other.client.name}\n`,
  );
  try {
    await eventually(async () => {
      expect(await successes([TOKENS])).toEqual(['decoy: their-key']);
    });
  } finally {
    undo();
  }
});

describe('files', () => {
  const intruder = (...options: string[]) => {
    const image = docker('inspect', 'nuts-acme-redis', '--format', '{{.Config.Image}}');
    const labels = ['nuts-saas.platform=nuts', 'nuts-saas.tenant=decoy'];
    docker(
      ...['run', '--detach', '--name', 'nuts-decoy-intruder'],
      ...labels.flatMap((label) => ['--label', label]),
      ...options,
      ...['--entrypoint', 'sleep', image, '300'],
    );
  };
  afterEach(() => docker('rm', '--force', '--volumes', 'nuts-decoy-intruder'));

  it.each<[string, string[], string[]]>([
    [
      "another's Vault socket",
      ['--volume', 'nuts-decoy-b-vault-socket:/run/vault:ro'],
      ['shared volumes', 'vault socket'],
    ],
    [
      'Docker’s socket',
      ['--volume', '/tmp:/var/run/docker.sock'],
      ['host paths nuts-decoy-intruder', 'inside nuts-decoy-intruder docker'],
    ],
    ['all that Docker gives', [], ['capabilities nuts-decoy-intruder', 'inside nuts-decoy-intruder root']],
    ['a capability', ['--cap-drop=ALL', '--cap-add=NET_RAW'], ['capabilities nuts-decoy-intruder']],
    ["the host's processes", ['--pid=host'], ['namespaces nuts-decoy-intruder']],
    ["another's network", ['--network=container:nuts-decoy-b-node'], ['namespaces nuts-decoy-intruder']],
  ])(
    'a container with %s is found out',
    async (_, options, attacks) => {
      intruder(...options);
      const found = await successes([FILES, CONTAINER_ESCAPE]);
      expect(found).toEqual(expect.arrayContaining(attacks.map((attack) => `decoy: ${attack}`)));
    },
    60_000,
  );
});

it('a key file that others may read is found out', async () => {
  const file = vaultKeysFile(PROJECT);
  chmodSync(file, 0o644);
  try {
    expect(await successes([CONTAINER_ESCAPE])).toContain('outside: mode .nuts-saas/vault/keys.json');
  } finally {
    chmodSync(file, 0o600);
  }
});

it('an attacker who can’t even reach what is its own proves nothing', async () => {
  docker('stop', '--time', '5', 'nuts-decoy-redis');
  try {
    const attacks = await attackDecoys(project, made, decoys.stateDirectory, [REDIS]);
    const own = attacks.filter(({ from }) => from === 'decoy');
    expect(own.map(({ outcome }) => outcome).filter((outcome) => outcome !== 'not run')).toEqual([]);
    expect(own[0]?.evidence).toContain('did not work');
    expect(allBlocked(attacks)).toBe(false);
  } finally {
    docker('start', 'nuts-decoy-redis');
  }
});

it('keeps the decoys’ state where the project’s is not', () => {
  expect(readdirSync(join(PROJECT, '.nuts-saas', 'state')).filter((file) => file.includes('decoy'))).toEqual(
    [],
  );
});
