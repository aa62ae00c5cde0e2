import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { VaultClient } from '../../cli/vault/vault-client';
import { LocalVault } from '../../cli/vault/local-vault';
import { call } from './support/https';
import {
  containerIds,
  eventually,
  nutsSaas,
  plannedChanges,
  PROJECT,
  run,
  succeed,
  toolEnvironment,
} from './support/platform';

// What a small provider may write: the platform and two tenants in one state.
const APP = `
import { App, TerraformStack } from 'cdktf';
import { NutsPlatform, NutsTenant, Vault } from './lib';
import { configureTerraform, VaultStack } from './stacks';
import { machineImages } from './stacks/machine-images';

const app = new App();
const common = { images: machineImages(), health: { intervalSeconds: 5 } };
const backend = { type: 'local', directory: '.nuts-saas/state' } as const;
new VaultStack(app, 'vault', { ...common, subnet: '10.80.1.0/24', backend });

const stack = new TerraformStack(app, 'everything');
configureTerraform(stack, { backend, vaultAddress: 'http://127.0.0.1:8200', vaultTokenFile: '.nuts-saas/vault/operator-token' });
const platform = new NutsPlatform(stack, 'platform', {
  ...common,
  environment: 'development',
  domain: 'saas.internal',
  edgeSubnet: '10.80.0.0/29',
  vault: Vault.fromSubnet('10.80.1.0/24'),
});
for (const [index, tenantId] of ['one', 'two'].entries())
  new NutsTenant(stack, tenantId, {
    tenantId,
    platform,
    release: 'v6',
    url: \`https://\${tenantId}.saas.internal\`,
    didMethods: index === 0 ? ['web', 'nuts'] : ['web'],
    subnet: \`10.81.0.\${16 * (index + 1)}/28\`,
    denylist: false,
  });
app.synth();
`;

const cdktf = (...args: string[]) =>
  succeed(run('npx', ['cdktf', ...args, '--app', 'node --import tsx single-stack.ts'], toolEnvironment()));
const deploy = (stack: string) => cdktf('deploy', stack, '--auto-approve', '--skip-provider-lock');

beforeAll(async () => {
  writeFileSync(join(PROJECT, 'single-stack.ts'), APP);
  deploy('vault');
  await new LocalVault(PROJECT, 'http://127.0.0.1:8200', 'nuts').makeReady();
  deploy('everything');
}, 300_000);

it('brings platform and tenants to life with one apply', async () => {
  writeFileSync(
    join(PROJECT, '.nuts-saas', 'platform-ca.pem'),
    await new VaultClient('http://127.0.0.1:8200').pem('nuts-pki/ca/pem'),
  );
  for (const tenant of ['one', 'two'])
    await eventually(async () => {
      const answer = await call(`https://${tenant}.saas.internal/.well-known/oauth-authorization-server`);
      expect(answer.contentType).toContain('json');
    });
  expect(Object.keys(containerIds('nuts-one-'))).toEqual(
    expect.arrayContaining(['nuts-one-node', 'nuts-one-certificate']),
  );
}, 120_000);

it('leaves nothing to plan', () => {
  cdktf('synth');
  expect(plannedChanges('everything')).toEqual([]);
}, 120_000);

it('finds its tenants as orphans where no file describes them', () => {
  const status = nutsSaas('status', '--json');
  expect(status.code).toBe(1);
  expect(JSON.parse(status.stdout)).toMatchObject({ orphans: ['one', 'two'] });
});

it('goes as it came', () => {
  succeed(nutsSaas('down', '--yes'));
  expect(containerIds('nuts-')).toEqual({});
}, 120_000);
