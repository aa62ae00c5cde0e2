import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { operatorPolicy } from '../../cli/vault/operator-policy';
import { capabilities } from '../lib/support/vault-policy';

const PUBLISHED = readFileSync(join(__dirname, '../../policies/vault-operator.hcl'), 'utf8');

test('a platform called nuts has the published policy', () => {
  expect(operatorPolicy('nuts')).toEqual({ name: 'nuts.operator', text: PUBLISHED });
});

test('a platform of another name has the same for its own names, and nothing of the other', () => {
  const { name, text } = operatorPolicy('care');
  expect(name).toBe('care.operator');
  expect(text).not.toMatch(/nuts/);
  expect(text.split('\n')).toHaveLength(PUBLISHED.split('\n').length);
  expect(capabilities(text, 'care-pki/roles/care-acme')).toContain('create');
  expect(capabilities(text, 'sys/mounts/care/acme')).toContain('create');
  expect(capabilities(text, 'sys/policies/acl/care.proxy')).toContain('update');
  expect(capabilities(text, 'nuts-pki/roles/nuts-acme')).toEqual([]);
});

// Who applies the stacks makes identities and mounts, and reads none of what they guard.
test.each([
  'nuts/acme/nuts-private-keys/key',
  'nuts/acme/nuts-private-keys/',
  'tenants/acme/data/database',
  'tenants/acme/metadata/database',
  'tenants/acme/data/certificates',
  'tenants/acme/data/certificates/other',
  'tenants/acme/data/certificates/keys/ab12/more',
  'tenants/acme/metadata/certificates/node',
  'tenants/acme/destroy/certificates/keys/ab12',
  'nuts-shared/data/other',
  'nuts-pki/issue/nuts-acme',
  'nuts-pki/issue/nuts.proxy',
  'nuts-pki/sign/nuts-acme',
  'nuts-pki/keys',
  'nuts-pki/issuers/generate/root/exported',
  'auth/token/create',
  'auth/token/create-orphan',
  'auth/nuts-approle/login',
  'sys/policies/acl/default',
  'sys/policies/acl/root',
  'sys/generate-root/attempt',
  'sys/seal',
  'sys/raw/core',
  'sys/audit/file',
  'sys/audit/nuts-file-2',
  'sys/quotas/config',
  'sys/quotas/rate-limit/other',
  'sys/auth/userpass',
  'sys/mounts/secret',
  'sys/remount',
])('it can do nothing at %s', (path) => {
  expect(capabilities(PUBLISHED, path)).toEqual([]);
});

test.each(['tenants/acme', 'nuts-shared'])(
  'a key can be put into %s once, and neither read nor changed',
  (mount) => {
    expect(capabilities(PUBLISHED, `${mount}/data/certificates/keys/ab12`)).toEqual(['create']);
    expect(capabilities(PUBLISHED, `${mount}/metadata/certificates/keys/ab12`)).toEqual(['read', 'delete']);
  },
);

test('it brings the secrets that people give, and reads none of them back', () => {
  expect(capabilities(PUBLISHED, 'tenants/acme/data/sql')).toEqual(['create', 'update']);
  expect(capabilities(PUBLISHED, 'tenants/acme/metadata/sql')).toEqual(['read']);
  expect(capabilities(PUBLISHED, 'tenants/acme/data/redis')).toEqual(['create', 'update']);
  expect(capabilities(PUBLISHED, 'tenants/acme/data/sql/more')).toEqual([]);
});

test('it writes the passwords of a shared Redis, and reads none of them back', () => {
  expect(capabilities(PUBLISHED, 'nuts.redis/data/passwords/acme/1')).toEqual(['create', 'update']);
  expect(capabilities(PUBLISHED, 'nuts.redis/metadata/passwords/acme/1')).toEqual(['delete']);
});

test('it can read its own policy, and not change it', () => {
  expect(capabilities(PUBLISHED, 'sys/policies/acl/nuts.operator')).toEqual(['read']);
});

test.each([
  ['sys/policies/acl/nuts-acme.g1', 'create'],
  ['sys/policies/acl/nuts.proxy', 'create'],
  ['auth/nuts-approle/role/nuts-acme.g1/secret-id', 'update'],
  ['auth/nuts-approle/role/nuts-acme.g1/role-id', 'read'],
  ['identity/entity/id/0', 'read'],
  ['sys/mounts/nuts/acme', 'create'],
  ['sys/mounts/tenants/acme', 'delete'],
  ['sys/quotas/rate-limit/nuts-acme.keys', 'create'],
  ['sys/quotas/rate-limit/nuts.login', 'delete'],
  ['sys/audit', 'sudo'],
  ['sys/audit/nuts-file', 'sudo'],
  ['sys/audit/nuts-output', 'create'],
  ['nuts-pki/roles/nuts-acme', 'create'],
  ['nuts-pki/config/crl', 'update'],
  ['sys/mounts/nuts-shared', 'create'],
  ['tenants/acme/data/certificates/node', 'update'],
  ['nuts-pki/issuer/default', 'read'],
])('it can do what an apply needs at %s', (path, capability) => {
  expect(capabilities(PUBLISHED, path)).toContain(capability);
});
