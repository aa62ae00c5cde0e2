import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { operatorTokenFile, vaultKeysFile } from '../../stacks/local-files';
import { VaultClient } from '../../cli/vault/vault-client';
import { readPrivateFile } from '../../cli/vault/private-file';
import {
  containerIds,
  docker,
  nutsSaas,
  type Outcome,
  plannedChanges,
  PROJECT,
  run,
  runningContainers,
  STACKS,
  succeed,
  synth,
  toolEnvironment,
} from './support/platform';

let first: Outcome;

beforeAll(() => {
  // Somebody else's, on the same engine.
  docker('network', 'create', 'neighbour');
  docker('volume', 'create', 'neighbour');
  first = succeed(nutsSaas('up'));
}, 900_000);

it('ends with every tenant healthy, and says where they are', () => {
  expect(first.stdout).toMatch(/^Vault unsealed, proxy running$/m);
  expect(first.stdout).toMatch(/^acme +healthy +v6 .*https:\/\/acme\.saas\.internal$/m);
  expect(first.stdout).toMatch(/^beta +healthy +v6 .*https:\/\/beta\.saas\.internal$/m);
});

it('prints commands that work as they stand', () => {
  const commands = first.stdout
    .slice(first.stdout.indexOf('Next, for instance:'))
    .split('\n\n')
    .map((block) =>
      block
        .split('\n')
        .filter((line) => !/^\s*#|^Next/.test(line))
        .join('\n')
        .trim(),
    )
    .filter((block) => /^(curl|npx nuts-saas client)/.test(block))
    .map((block) => block.replaceAll('npx nuts-saas', 'node dist/cli/main.js'));
  expect(commands).toHaveLength(3);
  const answers = commands.map((command) => {
    // The node restarts with its new client; a person would be slower than the next line.
    const outcome = run('sh', [
      '-c',
      `for try in 1 2 3 4 5 6 7 8; do out=$(${command}) && case "$out" in *Unauthorized*|*Gateway*) ;; *) break;; esac; sleep 2; done; echo "$out"`,
    ]);
    return succeed(outcome).stdout;
  });
  expect(answers[0]).toMatch(/^HTTP\/2 404/);
  expect(answers[2]).toContain('did:web:acme.saas.internal');
}, 300_000);

it('changes nothing when it runs again, within seconds', () => {
  const before = containerIds('nuts-');
  const start = Date.now();
  succeed(nutsSaas('up'));
  expect(containerIds('nuts-')).toEqual(before);
  expect((Date.now() - start) / 1000).toBeLessThan(90);
}, 300_000);

it('leaves nothing to plan in any stack', () => {
  synth();
  for (const stack of STACKS)
    expect({ stack, changes: plannedChanges(stack) }).toEqual({ stack, changes: [] });
}, 300_000);

it('works for plain cdktf as any of its users expects', () => {
  const cdktf = (...args: string[]) => succeed(run('npx', ['cdktf', ...args], toolEnvironment()));
  expect(cdktf('list').output).toMatch(/tenant-acme/);
  expect(cdktf('diff', 'tenant-beta').output).toMatch(/No changes/);
  expect(
    cdktf(
      'deploy',
      'platform',
      'tenant-*',
      '--auto-approve',
      '--skip-provider-lock',
      '--ignore-missing-stack-dependencies',
    ).output,
  ).toMatch(/No changes/);
}, 300_000);

it('makes nothing by planning a tenant that is not there yet', async () => {
  const environment = toolEnvironment();
  const vault = new VaultClient('http://127.0.0.1:8200', readPrivateFile(operatorTokenFile(PROJECT)));
  const look = async () => ({
    containers: containerIds(''),
    volumes: docker('volume', 'ls', '--quiet'),
    networks: docker('network', 'ls', '--quiet'),
    mounts: Object.keys((await vault.call('GET', 'sys/mounts')).data ?? {}),
  });
  const yaml =
    'id: gamma\nrelease: v6\nurl: https://gamma.saas.internal\ndidMethods: [web, nuts]\nsubnet: 10.81.0.64/28\n';
  const file = join(PROJECT, 'tenants', 'gamma.yaml');
  const before = await look();
  succeed(run('sh', ['-c', `printf '${yaml}' > ${file}`]));
  try {
    expect(
      succeed(run('npx', ['cdktf', 'diff', 'tenant-gamma', '--skip-provider-lock'], environment)).output,
    ).toMatch(/\d+ to add/);
    expect(await look()).toEqual(before);
  } finally {
    succeed(run('rm', [file]));
  }
}, 120_000);

it("keeps the local Vault's keys from everybody but the user, and no root token", async () => {
  for (const file of [vaultKeysFile(PROJECT), operatorTokenFile(PROJECT)])
    expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(PROJECT, '.nuts-saas', 'vault')).sort()).toEqual(['keys.json', 'operator-token']);
  const operator = new VaultClient('http://127.0.0.1:8200', readPrivateFile(operatorTokenFile(PROJECT)));
  expect((await operator.call('GET', 'auth/token/lookup-self')).data).toMatchObject({
    policies: ['nuts.operator'],
    orphan: true,
  });
  for (const path of [
    'nuts/acme/nuts-private-keys?list=true',
    'tenants/acme/metadata?list=true',
    'sys/policies/acl/root',
  ])
    await expect(operator.call('GET', path)).rejects.toThrow('403');
});

it('runs nothing but what it says', () => {
  const parts = ['node', 'redis', 'vault-proxy'];
  const tenant = (id: string, own: string[]) => own.map((part) => `nuts-${id}-${part}`);
  expect(runningContainers().map((name) => name.replace(/(-route)-\w{8}$/, '$1'))).toEqual(
    [
      ...tenant('acme', ['certificate', 'n2n', ...parts, 'route']),
      ...tenant('beta', [...parts, 'route']),
      ...['egress', 'proxy', 'proxy-tls', 'resolver', 'vault'].map((part) => `nuts-platform-${part}`),
    ].sort(),
  );
});
