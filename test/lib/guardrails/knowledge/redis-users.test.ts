import { redisUsers } from '../../../../lib/guardrails/knowledge/redis-users';
import { StackJson } from '../../../../lib/guardrails';

const LABELS = [
  { label: 'nuts-saas.platform', value: 'nuts' },
  { label: 'nuts-saas.tenant', value: 'acme' },
];

const STACK = new StackJson('tenant-acme', {
  resource: {
    docker_container: {
      config: {
        name: 'nuts-acme-redis-config',
        labels: LABELS,
        mounts: [{ type: 'volume', source: 'nuts-acme-redis-config', target: '/files' }],
        upload: [
          { file: '/files/users.acl', content: 'user default on nopass ~acme_* -@all +get\nuser old off' },
        ],
      },
    },
    vault_kv_secret_v2: {
      user: {
        name: 'users/acme',
        data_json: JSON.stringify({ name: 'nuts-acme', rules: '~acme.* -@all +set' }),
      },
      other: { name: 'x', data_json: '${jsonencode({})}' },
    },
  },
});

test('users that can log in are found in files and in Vault, with whose they are', () => {
  const found = redisUsers([STACK]).map(({ user, tenant, volumes }) => [
    user.name,
    user.keys,
    tenant?.id,
    volumes,
  ]);
  expect(found).toEqual([
    ['default', ['acme_*'], 'acme', ['nuts-acme-redis-config']],
    ['nuts-acme', ['acme.*'], 'acme', []],
  ]);
});
