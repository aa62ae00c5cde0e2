import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { operatorPolicy } from '../../cli/vault/operator-policy';
import { VaultClient } from '../../cli/vault/vault-client';
import { copyProject } from './support/project-copy';
import { docker, eventually, exec, type Outcome, succeed } from './support/platform';

// A second platform on the same host, with a Vault elsewhere that only an authority of its own vouches for.
const ADDRESS = '10.90.0.1';
const URL = `https://${ADDRESS}:8243`;
const VAULT = 'elsewhere-vault';
const SIDECAR = 'care-gamma-vault-proxy';

const directory = mkdtempSync(join(tmpdir(), 'nuts-saas-external-'));
const project = join(directory, 'project');
const tls = join(directory, 'tls');

const PLATFORM = `name: care
environment: development
domain: care.internal
networks: { edge: 10.84.0.0/29, vault: 10.84.1.0/24, tenants: 10.85.0.0/16 }
proxy: { pingPort: 8078 }
vault:
  kind: external
  address: ${URL}
  clientAddresses: [10.84.1.0/24]
  caCertificateFile: vault-ca.pem
  auditFile: /tmp/care-audit.log
network: { denylist: false }
health: { intervalSeconds: 5 }
`;
const GAMMA = `id: gamma
release: v6
url: https://gamma.care.internal
didMethods: [web]
subnet: 10.85.0.16/28
`;
const VAULT_CONFIG = {
  listener: [
    { tcp: { address: `${ADDRESS}:8243`, tls_cert_file: '/tls/vault.pem', tls_key_file: '/tls/vault.key' } },
  ],
  storage: { inmem: {} },
  api_addr: URL,
  disable_mlock: true,
};

let image: string;
let authority: string;
let token = '';

function nutsSaas(...args: string[]): Outcome {
  const env = { ...process.env, CI: '1', VAULT_TOKEN: token };
  const { status, stdout, stderr } = spawnSync('node', ['dist/cli/main.js', ...args], {
    cwd: project,
    encoding: 'utf8',
    env,
    maxBuffer: 64 * 1024 * 1024,
  });
  return { code: status ?? -1, stdout, output: stdout + stderr };
}

function makeCertificates(): void {
  mkdirSync(tls);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: tls, stdio: 'pipe' });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  openssl(
    'req',
    '-x509',
    ...key,
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-days',
    '2',
    '-subj',
    '/CN=Authority elsewhere',
  );
  openssl('req', ...key, '-keyout', 'vault.key', '-out', 'vault.csr', '-subj', '/CN=vault');
  writeFileSync(join(tls, 'names'), `subjectAltName=IP:${ADDRESS}\n`);
  openssl(
    'x509',
    '-req',
    '-in',
    'vault.csr',
    '-CA',
    'ca.pem',
    '-CAkey',
    'ca.key',
    '-CAcreateserial',
    '-days',
    '2',
    '-out',
    'vault.pem',
    '-extfile',
    'names',
  );
  writeFileSync(join(tls, 'vault.json'), JSON.stringify(VAULT_CONFIG));
  authority = readFileSync(join(tls, 'ca.pem'), 'utf8');
}

async function startVault(): Promise<void> {
  execFileSync('ip', ['addr', 'add', `${ADDRESS}/32`, 'dev', 'lo']);

  image = docker('inspect', 'nuts-platform-vault', '--format', '{{.Config.Image}}');
  docker(
    'run',
    '--detach',
    '--name',
    VAULT,
    '--network',
    'host',
    '--user',
    '0:0',
    '--env',
    'HOME=/tmp',
    '--volume',
    `${tls}:/tls:ro`,
    '--entrypoint',
    'vault',
    image,
    'server',
    '-config=/tls/vault.json',
  );
  const vault = new VaultClient(URL, undefined, { caCertificate: authority });
  await eventually(async () => {
    expect(await vault.sealState()).toBe('uninitialised');
  });
  const made = await vault.call<{ keys_base64: string[]; root_token: string }>('PUT', 'sys/init', {
    secret_shares: 1,
    secret_threshold: 1,
  });
  await vault.call('PUT', 'sys/unseal', { key: made.keys_base64[0] });
  const { name, text } = operatorPolicy('care');
  const root = vault.as(made.root_token);
  await root.call('PUT', `sys/policies/acl/${name}`, { policy: text });
  const { auth } = await root.call('PUT', 'auth/token/create-orphan', {
    policies: [name],
    no_default_policy: true,
    period: '1h',
  });
  token = auth?.client_token ?? '';
}

function makeProject(): void {
  copyProject(project);
  rmSync(join(project, 'tenants'), { recursive: true });
  mkdirSync(join(project, 'tenants'));
  writeFileSync(join(project, 'platform.yaml'), PLATFORM);
  writeFileSync(join(project, 'tenants', 'gamma.yaml'), GAMMA);
  writeFileSync(join(project, 'vault-ca.pem'), authority);
}

beforeAll(async () => {
  makeCertificates();
  await startVault();
  makeProject();
}, 60_000);

afterAll(() => {
  const mine = ['--filter', 'label=nuts-saas.platform=care', '--quiet'];
  const remove = (ids: string, ...command: string[]) => {
    if (ids !== '') docker(...command, ...ids.split('\n'));
  };
  exec('care-platform-egress', 'sh', '-c', 'sh -c "$SCRIPT" egress remove');
  remove(docker('ps', '--all', ...mine), 'rm', '--force', '--volumes');
  docker('rm', '--force', '--volumes', VAULT);
  remove(docker('network', 'ls', ...mine), 'network', 'rm');
  remove(docker('volume', 'ls', ...mine), 'volume', 'rm');
  execFileSync('ip', ['addr', 'delete', `${ADDRESS}/32`, 'dev', 'lo']);
  rmSync(directory, { recursive: true, force: true });
}, 120_000);

it('is refused as unreachable without its authority', () => {
  writeFileSync(join(project, 'platform.yaml'), PLATFORM.replace(/ {2}caCertificateFile.*\n/, ''));
  const { code, output } = nutsSaas('apply', 'platform', '--auto-approve');
  writeFileSync(join(project, 'platform.yaml'), PLATFORM);
  expect(output).toContain(`Vault at ${URL} is unreachable`);
  expect(code).toBe(2);
});

it('carries a platform whose command line, Terraform and sidecars know its authority', () => {
  const { stdout } = succeed(nutsSaas('up'));
  expect(stdout).toMatch(/^gamma +healthy +v6 /m);
}, 400_000);

it('is trusted by sidecars for that authority alone', () => {
  const status = (...args: string[]) =>
    spawnSync(
      'docker',
      [
        'run',
        '--rm',
        '--network',
        'care-platform-vault',
        '--env',
        'HOME=/tmp',
        '--env',
        `VAULT_ADDR=${URL}`,
        ...args,
        '--entrypoint',
        'vault',
        image,
        'status',
      ],
      { encoding: 'utf8' },
    );
  expect(status('--env', `VAULT_CACERT_BYTES=${authority}`).status).toBe(0);
  expect(status().stderr).toContain('unknown authority');
}, 60_000);

it('writes down which tenant of which platform asked', () => {
  const log = succeed(exec(VAULT, 'cat', '/tmp/care-audit.log')).stdout;
  const logins = log
    .split('\n')
    .filter((line) => line.includes('"auth/care-approle/login"') && line.includes('"tenant":"gamma"'));
  expect(logins.length).toBeGreaterThan(0);
});

it('is all that its sidecars reach, beside the rules of the other platform', () => {
  const reaches = (target: string, port: number) =>
    ![7, 28].includes(exec(SIDECAR, 'curl', '-sk', '--max-time', '2', `https://${target}:${port}/`).code);
  expect(reaches(ADDRESS, 8243)).toBe(true);
  expect(reaches('10.84.0.1', 443)).toBe(false);
  expect(reaches('10.80.0.1', 443)).toBe(false);
  for (const table of ['nuts_egress', 'care_egress'])
    succeed(exec('care-platform-egress', 'nft', 'list', 'table', 'ip', table));
});
