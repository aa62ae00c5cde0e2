import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VaultClient } from '../../cli/vault/vault-client';
import { operatorTokenFile } from '../../stacks/local-files';
import { call, callApi, token } from './support/https';
import {
  docker,
  edit,
  eventually,
  exec,
  nutsSaas,
  PROJECT,
  readMount,
  run,
  sandbox,
  succeed,
  terraform,
  toolEnvironment,
  vaultAsRoot,
} from './support/platform';

const SENTINEL = `sentinel-${randomUUID()}`;

const operatorToken = readFileSync(operatorTokenFile(PROJECT), 'utf8').trim();
let vault: VaultClient;
let keys: string[];

/** The private parts of acme's keys, and what was planted: a line of any of them is a leak. */
const secrets = () => [SENTINEL, operatorToken, ...keys];

const leaks = (text: string) =>
  secrets().flatMap((secret, index) => (text.includes(secret) ? [`secret ${index} leaked`] : []));

const logs = () =>
  readdirSync(join(PROJECT, '.nuts-saas', 'logs'))
    .map((file) => readFileSync(join(PROJECT, '.nuts-saas', 'logs', file), 'utf8'))
    .join('\n');

beforeAll(async () => {
  vault = await vaultAsRoot();
  await vault.call('PUT', 'tenants/acme/data/sentinel', { data: { password: SENTINEL } });
  const found = await readMount(vault, 'nuts/acme', 'nuts-private-keys/');
  keys = Object.values(found)
    .flatMap((value) => JSON.stringify(value).split(/\\n|"/))
    .filter((part) => part.length >= 20 && !part.startsWith('-----'));
}, 60_000);

afterAll(async () => {
  await vault.call('DELETE', 'tenants/acme/metadata/sentinel');
});

it('looks for something: it finds each secret in a text that holds it', () => {
  expect(keys.length).toBeGreaterThan(1);
  for (const secret of secrets()) expect(leaks(`error: "${secret}" was refused`)).toHaveLength(1);
});

describe('what the engine keeps on its disk', () => {
  // Images, what containers add to them, their settings and logs: everything but volumes, which are for what they hold.
  const PLACES = ['overlay2', 'image', 'containers'].map((part) => join(sandbox.directory, 'data', part));
  const filesWith = (texts: readonly string[]) =>
    spawnSync('grep', ['-rlaF', '-f', '-', ...PLACES], {
      encoding: 'utf8',
      input: texts.join('\n'),
    }).stdout;

  it('is what is looked through', () => {
    expect(filesWith(['nuts-acme-node'])).toMatch(/containers\/.*\/config\.v2\.json/);
  });

  it('holds no secret: not in a layer of an image or a container, not in a setting, not in a log', () => {
    expect(filesWith(secrets())).toBe('');
  }, 120_000);
});

describe('error messages', () => {
  it.each([
    ['a secret as an option of the node', 'options: { crypto.vault.token: "VALUE" }'],
    ['a secret under an unknown key', 'vaultToken: "VALUE"'],
    ['a password in an address', 'api: { forwardAuth: "https://user:VALUE@login.care.internal/" }'],
    ['a token in place of a public key', 'api: { addresses: [10.80.0.1], clients: { ehr: "VALUE" } }'],
    ['YAML that does not parse', 'password: "VALUE'],
  ])('%s is refused, and not repeated', (_, line) => {
    const secret = `hvs.${SENTINEL}AAAAAAAAAAAA`;
    const undo = edit('tenants/beta.yaml', (yaml) => `${yaml}\n${line.replace('VALUE', secret)}\n`);
    try {
      const { code, output } = nutsSaas('apply', 'tenant-beta', '--auto-approve');
      expect(code).toBe(2);
      expect(leaks(output)).toEqual([]);
      expect(output).not.toMatch(/^ +at /m);
    } finally {
      undo();
    }
  });

  it('Vault refusing the operator is told without the token', async () => {
    const path = 'sys/policies/acl/nuts.operator';
    const policy = (await vault.call('GET', path)).data?.policy as string;
    await vault.call('PUT', path, { policy: 'path "auth/token/lookup-self" { capabilities = ["read"] }' });
    try {
      const apply = nutsSaas('apply', 'tenant-acme', '--auto-approve');
      expect(apply.code).toBe(1);
      const plan = terraform('tenant-acme', 'plan', '-input=false', '-lock=false', '-no-color');
      expect(plan.output).toContain('403');
      const detailed = run(
        'terraform',
        [
          `-chdir=${join(PROJECT, 'cdktf.out', 'stacks', 'tenant-acme')}`,
          'plan',
          '-input=false',
          '-lock=false',
        ],
        { ...toolEnvironment(), TF_LOG: 'DEBUG' },
      );
      expect(detailed.output.length).toBeGreaterThan(plan.output.length);
      for (const text of [apply.output, plan.output, logs()]) expect(leaks(text)).toEqual([]);
      // Whoever turns on Terraform's debug log sees how it talks to Vault, but not with what.
      expect(detailed.output).not.toContain(SENTINEL);
    } finally {
      await vault.call('PUT', path, { policy });
    }
  }, 120_000);

  it('a refused token is not in the answer, nor in anybody’s log', async () => {
    const good = token('acme', 'test');
    const forged = `${good.split('.').slice(0, 2).join('.')}.${Buffer.from(SENTINEL.repeat(2)).toString('base64url')}`;
    const answer = await callApi('acme', '/internal/vdr/v2/subject', { bearer: forged });
    expect(answer.status).toBe(401);
    const signature = forged.split('.')[2] ?? '';
    expect(answer.body).not.toContain(signature);
    for (const container of ['nuts-acme-node', 'nuts-platform-proxy'])
      expect(docker('logs', container)).not.toContain(signature);
    const open = await call(`https://acme.saas.internal/oauth2/x?token=${SENTINEL}`);
    expect(open.body).not.toContain(SENTINEL);
  });
});

describe('crash output', () => {
  const stacksOf = (container: string, signal: NodeJS.Signals) => {
    const since = new Date().toISOString();
    const pids = docker('top', container, '-eo', 'pid,comm').split('\n').slice(1);
    const server = pids.find((line) => /nuts|vault/.test(line)) ?? '';
    process.kill(Number.parseInt(server, 10), signal);
    return since;
  };
  const output = (container: string, since: string) => {
    const { output: text } = run('docker', ['logs', '--since', since, container]);
    return text;
  };

  it.each(['nuts-acme-node', 'nuts-acme-vault-proxy', 'nuts-acme-certificate'])(
    'of %s holds no secret, with the stack of every goroutine in it',
    async (container) => {
      const since = stacksOf(container, 'SIGQUIT');
      await eventually(() => {
        expect(output(container, since)).toMatch(/goroutine \d+/);
      });
      expect(leaks(output(container, since))).toEqual([]);
      // No memory was written to a file either.
      const cores = exec(container, 'sh', '-c', 'ls /core* /tmp/core* /nuts/data/core* 2>/dev/null');
      expect(cores.stdout.trim()).toBe('');
      await eventually(() => succeed(nutsSaas('status')), 120);
    },
    180_000,
  );

  it('a login that fails is told without its SecretID', async () => {
    const container = 'nuts-beta-vault-proxy';
    const secretId = docker(
      ...['run', '--rm', '--network', 'none', '--user', '0', '--entrypoint', 'cat'],
      ...['--volume', 'nuts-beta-vault-proxy-state:/v:ro'],
      docker('inspect', 'nuts-beta-redis', '--format', '{{.Config.Image}}'),
      '/v/secret_id',
    );
    const role = 'auth/nuts-approle/role/nuts-beta.g1';
    const cidrs = (await vault.call('GET', role)).data?.secret_id_bound_cidrs as string[];
    await vault.call('PUT', `${role}/secret-id-bound-cidrs`, { secret_id_bound_cidrs: ['192.0.2.1/32'] });
    const since = new Date().toISOString();
    try {
      docker('restart', '--time', '5', container);
      await eventually(() => {
        expect(output(container, since)).toMatch(/error|denied|unauthorized/i);
      });
      expect(secretId.length).toBeGreaterThan(20);
      expect(output(container, since)).not.toContain(secretId.trim());
    } finally {
      await vault.call('PUT', `${role}/secret-id-bound-cidrs`, { secret_id_bound_cidrs: cidrs });
    }
    await eventually(() => succeed(nutsSaas('status')), 120);
  }, 180_000);
});
