import { TerraformStack } from 'cdktf';
import { NutsPlatform, NutsTenant } from '../../../lib';
import {
  environmentOf,
  mountedVolumes,
  networksOf,
  started,
  uploadsOf,
} from '../../contract/support/containers';
import { object, textOf, type StackJson } from '../../contract/support/stack-json';
import { testApp } from '../../contract/support/synthesise';
import { ACME, PLATFORM, tenantStack } from '../support/tenant';
import { capabilities } from '../support/vault-policy';

const OWN = { redis: { kind: 'own', subnet: '10.80.2.0/24' } } as const;
const AUTHORITY = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
const GIVEN = {
  redis: {
    kind: 'given',
    subnet: '10.80.2.0/24',
    host: 'redis.care.nl',
    port: 6380,
    certificateAuthority: AUTHORITY,
  },
} as const;
const shared = (passwords?: number[]) =>
  ({ redis: { mode: 'shared', ...(passwords && { passwords }) } }) as const;
const STACK = tenantStack(shared(), OWN);
const node = (stack: StackJson) => stack.resource('docker_container', 'node/container/Resource');
const tunnel = (stack: StackJson) => stack.resource('docker_container', 'redis/tunnel/Resource');
const user = (stack: StackJson) =>
  JSON.parse(textOf(stack.resource('vault_generic_secret', 'redis/user/user').values.data_json)) as Record<
    string,
    unknown
  >;

test('a tenant that shares has a tunnel in the place of a Redis, and no data of its own there', () => {
  expect(STACK.resources().filter(({ path }) => /redis\/container|data\/redis/.test(path))).toEqual([]);
  expect(networksOf(STACK, tunnel(STACK))).toEqual(['nuts-platform-redis']);
});

test('the node still has no network path to Redis: it opens a socket that it shares with its tunnel alone', () => {
  expect(networksOf(STACK, node(STACK))).toEqual(['nuts-acme-node']);
  const users = started(STACK).flatMap((container) =>
    mountedVolumes(STACK, container)
      .filter(({ volume }) => volume === 'nuts-acme-redis-socket')
      .map(({ readOnly }) => `${container.path} ${readOnly ? 'reads' : 'writes'}`),
  );
  expect(users.sort()).toEqual(['acme/node/container/Resource reads', 'acme/redis/tunnel/Resource writes']);
});

test('the tunnel checks who answers', () => {
  const upload = (stack: StackJson) => uploadsOf(stack.resource('docker_container', 'redis/config/Resource'));
  expect(upload(STACK)['/files/haproxy.cfg']).toContain(
    'server shared 10.80.2.2:6379 ssl verify required ca-file /etc/redis-tunnel/authority.pem sni str(nuts-platform-redis.care.internal) verifyhost nuts-platform-redis.care.internal',
  );
  const given = upload(tenantStack(shared(), GIVEN));
  expect(given['/files/haproxy.cfg']).toContain(
    'server shared redis.care.nl:6380 ssl verify required ca-file /etc/redis-tunnel/authority.pem sni str(redis.care.nl) verifyhost redis.care.nl',
  );
  expect(given['/files/authority.pem']).toBe(AUTHORITY);
});

test('its user has a name of its own, its own keys, and the commands of its release', () => {
  expect(user(STACK)).toEqual({
    name: 'nuts-acme',
    passwords: ['1'],
    rules:
      'resetchannels ~acme_* ~lock_acme_* ~acme.* -@all +ping +hello +get +mget +set +del +scan +multi +exec +discard +eval +evalsha',
  });
  const v5 = tenantStack({ ...shared(), release: 'v5.4', didMethods: ['nuts'] }, OWN);
  expect(user(v5).rules).toMatch(/^resetchannels ~acme_\* ~lock_acme_\* -@all/);
});

test('its password is made while Terraform applies, and written without being kept', () => {
  const password = STACK.resource('vault_kv_secret_v2', 'redis/user/password-1').values;
  expect(password).toMatchObject({
    mount: 'nuts.redis',
    name: 'passwords/acme/1',
    data_json_wo_version: 1,
    disable_read: true,
  });
  expect(password).not.toHaveProperty('data_json');
  const [id = ''] = Object.keys(object(object(STACK.json.ephemeral).vault_generic_endpoint));
  expect(password.data_json_wo).toBe(
    `\${jsonencode({ password = ephemeral.vault_generic_endpoint.${id}.write_data["random_bytes"] })}`,
  );
});

test('the node has its name in the environment, and its password in a file in memory', () => {
  const environment = environmentOf(node(STACK));
  expect(environment).toMatchObject({
    NUTS_STORAGE_REDIS_ADDRESS: 'unix:///run/redis/redis.sock',
    NUTS_STORAGE_REDIS_USERNAME: 'nuts-acme',
    NUTS_STORAGE_SESSION_REDIS_USERNAME: 'nuts-acme',
    NUTS_CONFIGFILE: '/run/nuts-secrets/nuts.yaml',
  });
  expect(Object.keys(environment).filter((name) => name.includes('PASSWORD'))).toEqual([]);
  const agent = STACK.resource('docker_container', 'node-secrets/sidecar/container/Resource');
  expect(environmentOf(agent).CONFIG).toContain(String.raw`with secret \"nuts.redis/data/passwords/acme/1\"`);
});

test('of two passwords both are good, and the node uses the last', () => {
  const both = tenantStack(shared([1, 2]), OWN);
  expect(user(both).passwords).toEqual(['1', '2']);
  const before = STACK.resource('vault_kv_secret_v2', 'redis/user/password-1');
  expect(both.resource('vault_kv_secret_v2', 'redis/user/password-1').values).toEqual(before.values);
  const policy = (stack: StackJson) =>
    textOf(stack.resource('vault_policy', 'node-secrets/identity/policy').values.policy);
  expect(capabilities(policy(both), 'nuts.redis/data/passwords/acme/2')).toEqual(['read']);
  expect(capabilities(policy(both), 'nuts.redis/data/passwords/acme/1')).toEqual([]);
  for (const path of [
    'nuts.redis/data/passwords/beta/2',
    'nuts.redis/data/users/beta',
    'nuts.redis/metadata/users',
  ])
    expect(capabilities(policy(both), path)).toEqual([]);
  expect(node(both).values).toEqual(node(STACK).values);
});

test('the password for a Redis that is given comes from the tenant’s own mount', () => {
  const given = tenantStack(shared(), GIVEN);
  expect(given.resources('vault_kv_secret_v2')).toEqual([]);
  const policy = given.literal(
    textOf(given.resource('vault_policy', 'node-secrets/identity/policy').values.policy),
  );
  expect(capabilities(policy, 'tenants/acme/data/redis')).toEqual(['read']);
});

test('sharing has to be possible, and can’t be begun or ended later', () => {
  expect(() => tenantStack(shared())).toThrow('the platform has none to share');
  expect(STACK.resource('terraform_data', 'redis-store/record').values).toMatchObject({
    input: { redis: 'shared' },
  });
});

test('what stays shared is said at every synthesis', () => {
  const stack = new TerraformStack(testApp(), 'tenant');
  const platform = NutsPlatform.fromAttributes(stack, 'platform', { ...PLATFORM, ...OWN });
  const warnings = (id: string, props: object) =>
    new NutsTenant(stack, id, { ...ACME, tenantId: id, ...props, platform }).node
      .findAll()
      .flatMap(({ node: { metadata } }) => metadata)
      .filter(({ type }) => type === '@cdktf/warn')
      .map(({ data }) => String(data));
  expect(warnings('beta', shared())).toEqual([expect.stringMatching(/tenant beta shares a Redis: .*SCAN/)]);
  expect(warnings('gamma', {})).toEqual([]);
});

test('a tenant that doesn’t share is the same with and without a Redis to share', () => {
  expect(tenantStack({}, OWN).text).toBe(tenantStack().text);
});
