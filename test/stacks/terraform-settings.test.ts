import { configureDocker, configureTerraform, type StateBackend } from '../../stacks/terraform-settings';
import { object, type JsonObject } from '../contract/support/stack-json';
import { synthesiseStack } from '../contract/support/synthesise';

const VAULT = { vaultAddress: 'https://vault.care.nl:8200' };

function terraform(backend: StateBackend): JsonObject {
  return object(
    synthesiseStack('tenant-acme', (stack) => {
      configureTerraform(stack, { backend, ...VAULT });
    }).json.terraform,
  );
}

test.each<[StateBackend, unknown]>([
  [
    { type: 'local', directory: '.nuts-saas/state' },
    { local: { path: '../../../.nuts-saas/state/tenant-acme.tfstate' } },
  ],
  [{ type: 'pg', schemaPrefix: 'nuts_saas' }, { pg: { schema_name: 'nuts_saas_tenant_acme' } }],
  [
    { type: 's3', bucket: 'care-state', region: 'eu-west-1', keyPrefix: 'nuts', useLockfile: true },
    {
      s3: {
        bucket: 'care-state',
        region: 'eu-west-1',
        key: 'nuts/tenant-acme.tfstate',
        encrypt: true,
        use_lockfile: true,
      },
    },
  ],
  [
    {
      type: 's3',
      bucket: 'b',
      region: 'r',
      keyPrefix: 'n',
      endpoint: 'https://s3.care.nl',
      useLockfile: false,
    },
    {
      s3: {
        bucket: 'b',
        region: 'r',
        key: 'n/tenant-acme.tfstate',
        encrypt: true,
        use_lockfile: false,
        endpoints: { s3: 'https://s3.care.nl' },
      },
    },
  ],
  [
    { type: 'http', address: 'https://state.care.nl/nuts', lock: true },
    {
      http: {
        address: 'https://state.care.nl/nuts/tenant-acme',
        lock_address: 'https://state.care.nl/nuts/tenant-acme/lock',
        unlock_address: 'https://state.care.nl/nuts/tenant-acme/lock',
        lock_method: 'POST',
        unlock_method: 'DELETE',
      },
    },
  ],
  [
    { type: 'http', address: 'https://state.care.nl', lock: false },
    { http: { address: 'https://state.care.nl/tenant-acme' } },
  ],
])('the backend %j has exactly what it needs, and no credential', (backend, block) => {
  expect(terraform(backend).backend).toEqual(block);
});

test('two stacks never share a state', () => {
  const schema = (name: string) =>
    synthesiseStack(name, (stack) => {
      configureTerraform(stack, { backend: { type: 'pg', schemaPrefix: 'nuts' }, ...VAULT });
    }).json.terraform;
  expect(schema('tenant-a-b')).not.toEqual(schema('tenant-a'));
});

test('versions are ranges, so that security fixes come in', () => {
  expect(terraform({ type: 'local', directory: 'state' })).toMatchObject({
    required_version: '>= 1.11.0',
    required_providers: { docker: { version: '>= 3.6.2, < 5.0.0' }, vault: { version: '>= 5.9.0, < 6.0.0' } },
  });
});

test("a plan leaves no token in Vault, and Vault's own comes from the environment or from a file of the project", () => {
  const vault = (settings: object) =>
    object(
      synthesiseStack('platform', (stack) => {
        configureTerraform(stack, { backend: { type: 'local', directory: 'state' }, ...VAULT, ...settings });
      }).json.provider,
    ).vault;
  expect(vault({})).toEqual([{ address: 'https://vault.care.nl:8200', skip_child_token: true }]);
  expect(vault({ vaultNamespace: 'care', vaultTokenFile: '.nuts-saas/vault/operator-token' })).toEqual([
    {
      address: 'https://vault.care.nl:8200',
      namespace: 'care',
      skip_child_token: true,
      auth_login_token_file: [{ filename: '../../../.nuts-saas/vault/operator-token' }],
    },
  ]);
});

test('a stack that only runs containers knows no Vault', () => {
  const stack = synthesiseStack('vault', (scope) => {
    configureDocker(scope, { type: 'local', directory: 'state' });
  });
  expect(Object.keys(object(stack.json.provider))).toEqual(['docker']);
});
