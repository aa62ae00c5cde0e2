import { renderPolicy } from '../../../lib/vault/policy';
import { textOf } from '../../contract/support/stack-json';
import { tenantStack } from '../support/tenant';
import { capabilities } from '../support/vault-policy';

const STACK = tenantStack();
const policyAt = (path: string) => STACK.literal(textOf(STACK.resource('vault_policy', path).values.policy));
const NODE = policyAt('vault-proxy/identity/policy');
const CERTIFICATE = policyAt('certificate/identity/policy');

test('the matcher decides as Vault does', () => {
  const policy = renderPolicy([
    { path: 'kv/*', capabilities: ['read'] },
    { path: 'kv/closed/*', capabilities: [] },
    { path: 'kv/closed/open', capabilities: ['update'] },
    { path: 'team/+/name', capabilities: ['list'] },
  ]);
  expect(capabilities(policy, 'kv/any/thing')).toEqual(['read']);
  expect(capabilities(policy, 'kv/closed/thing')).toEqual([]);
  expect(capabilities(policy, 'kv/closed/open')).toEqual(['update']);
  expect(capabilities(policy, 'team/a/name')).toEqual(['list']);
  expect(capabilities(policy, 'team/a/b/name')).toEqual([]);
  expect(capabilities(policy, 'elsewhere')).toEqual([]);
});

test('a node can make, read, change and delete its own keys, and list them', () => {
  expect(capabilities(NODE, 'nuts/acme/nuts-private-keys/key-1')).toEqual([
    'create',
    'read',
    'update',
    'delete',
  ]);
  expect(capabilities(NODE, 'nuts/acme/nuts-private-keys/')).toEqual(['list']);
  expect(capabilities(NODE, 'nuts/acme/nuts-private-keys')).toEqual(['list']);
});

const CLOSED = [
  'nuts/beta/nuts-private-keys/key-1',
  'nuts/acme-b/nuts-private-keys/key-1',
  'nuts/acme',
  'nuts/acme/other',
  'nuts/acme/nuts-private-keys-2/key',
  'nuts/',
  'tenants/acme/data/anything',
  'tenants/beta/data/anything',
  'sys/mounts',
  'sys/policies/acl/nuts-acme.g1',
  'sys/wrapping/unwrap',
  'sys/raw/core',
  'auth/token/create',
  'auth/nuts-approle/role/nuts-acme.g1/secret-id',
  'auth/nuts-approle/role/nuts-beta.g1/secret-id',
  'identity/entity/id',
  'cubbyhole/anything',
  'nuts-pki/issue/nuts-beta',
  'nuts-pki/issue/nuts.proxy',
  'nuts-pki/sign/nuts-acme',
  'nuts-pki/issue/nuts-acme-b',
  'nuts-pki/roles/nuts-acme',
  'nuts-pki/root/rotate/internal',
];

test.each(CLOSED)('neither login of a tenant can do anything at %s', (path) => {
  expect(capabilities(NODE, path)).toEqual([]);
  expect(capabilities(CERTIFICATE, path)).toEqual([]);
});

test('the two logins of a tenant share nothing but what a login needs for itself', () => {
  expect(capabilities(CERTIFICATE, 'nuts-pki/issue/nuts-acme')).toEqual(['create', 'update']);
  expect(capabilities(NODE, 'nuts-pki/issue/nuts-acme')).toEqual([]);
  expect(capabilities(CERTIFICATE, 'nuts/acme/nuts-private-keys/key-1')).toEqual([]);
  for (const policy of [NODE, CERTIFICATE]) {
    expect(capabilities(policy, 'auth/token/lookup-self')).toEqual(['read']);
    expect(capabilities(policy, 'auth/token/renew-self')).toEqual(['update']);
    expect(capabilities(policy, 'sys/wrapping/wrap')).toEqual(['update']);
  }
});

test('raising the generation gives policy and role new names, and leaves the entity as it is', () => {
  const next = tenantStack({ generation: 2 });
  for (const [part, name] of [
    ['vault-proxy', 'nuts-acme.g2'],
    ['certificate', 'nuts-acme.certificate.g2'],
  ] as const) {
    expect(next.resource('vault_policy', `${part}/identity/policy`).values.name).toBe(name);
    expect(next.resource('vault_approle_auth_backend_role', `${part}/identity/role`).values.role_name).toBe(
      name,
    );
    expect(next.resource('vault_identity_entity', `${part}/identity/entity`).values.name).toBe(
      STACK.resource('vault_identity_entity', `${part}/identity/entity`).values.name,
    );
  }
});
