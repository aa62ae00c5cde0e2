import {
  environmentOf,
  lifecycleOf,
  mountedVolumes,
  networksOf,
  started,
} from '../../contract/support/containers';
import { list, object, objects, textOf } from '../../contract/support/stack-json';
import { tenantStack } from '../support/tenant';
import { capabilities } from '../support/vault-policy';

const NODE = 'node/container/Resource';
const newPaths = (stack: ReturnType<typeof tenantStack>) => {
  const before = new Set(
    tenantStack()
      .resources()
      .map(({ address }) => address),
  );
  return stack
    .resources()
    .filter(({ address }) => !before.has(address))
    .map(({ type, path }) => `${type} ${path}`)
    .sort();
};

test('without a choice it is SQLite, with nothing more to run', () => {
  const stack = tenantStack();
  expect(environmentOf(stack.resource('docker_container', NODE)).NUTS_STORAGE_SQL_CONNECTION).toMatch(
    /^sqlite:file:\/nuts\/data\//,
  );
  expect(stack.resources().filter(({ path }) => /postgres|secrets\//.test(path))).toEqual([]);
  expect(tenantStack({ sql: { type: 'sqlite' } }).text).toBe(stack.text);
});

describe("a PostgreSQL of the tenant's own", () => {
  const stack = tenantStack({ sql: { type: 'postgres' } });
  const server = stack.resource('docker_container', 'postgres/container/Resource');

  test('adds a server, its configuration and its data', () => {
    expect(newPaths(stack)).toEqual([
      'docker_container acme/postgres/config/Resource',
      'docker_container acme/postgres/container/Resource',
      'docker_volume acme/data/postgres/Resource',
      'docker_volume acme/postgres/config/volume/Resource',
      'docker_volume acme/postgres/socket/Resource',
    ]);
  });

  test('it has no network, and the node alone opens its socket, without writing there', () => {
    expect(networksOf(stack, server)).toEqual(['none']);
    const users = started(stack).flatMap((container) =>
      mountedVolumes(stack, container)
        .filter(({ volume }) => volume === 'nuts-acme-postgres-socket')
        .map(({ readOnly }) => `${container.path} ${readOnly ? 'reads' : 'writes'}`),
    );
    expect(users.sort()).toEqual([
      'acme/node/container/Resource reads',
      'acme/postgres/container/Resource writes',
    ]);
  });

  test('the node finds it by its socket, with no password there could be', () => {
    const { NUTS_STORAGE_SQL_CONNECTION: connection = '' } = environmentOf(
      stack.resource('docker_container', NODE),
    );
    expect(connection).toBe('postgres://nuts@/nuts?host=/run/nuts-postgres');
    expect(mountedVolumes(stack, stack.resource('docker_container', NODE))).toContainEqual({
      volume: 'nuts-acme-postgres-socket',
      target: '/run/nuts-postgres',
      readOnly: true,
    });
  });

  test('its data outlive the removed tenant', () => {
    expect(lifecycleOf(stack.resource('docker_volume', 'data/postgres/Resource')).prevent_destroy).toBe(true);
    const removed = tenantStack({ sql: { type: 'postgres' }, state: 'removed' });
    expect(removed.resource('docker_volume', 'data/postgres/Resource').values).toEqual(
      stack.resource('docker_volume', 'data/postgres/Resource').values,
    );
  });

  test('more memory changes it in place', () => {
    const more = tenantStack({ sql: { type: 'postgres', memoryMiB: 512 } });
    const { values } = more.resource('docker_container', 'postgres/container/Resource');
    expect({ ...values, memory: 256, memory_swap: 256 }).toEqual(server.values);
  });
});

describe('a database that is given', () => {
  const stack = tenantStack({ sql: { type: 'given' } });
  const node = stack.resource('docker_container', NODE);

  test('how it is reached is nowhere in the stack: the node reads it from memory that a sidecar writes', () => {
    const environment = environmentOf(node);
    expect(environment).not.toHaveProperty('NUTS_STORAGE_SQL_CONNECTION');
    expect(environment.NUTS_CONFIGFILE).toBe('/run/nuts-secrets/nuts.yaml');
    expect(mountedVolumes(stack, node)).toContainEqual({
      volume: 'nuts-acme-node-secrets-files',
      target: '/run/nuts-secrets',
      readOnly: true,
    });
    const volume = stack.resource('docker_volume', 'node-secrets/files/Resource');
    expect(object(volume.values.driver_opts).type).toBe('tmpfs');
    expect(textOf(list(node.values.entrypoint)[2])).toContain('/run/nuts-secrets/nuts.yaml');
  });

  test('the sidecar may read that secret, and no other', () => {
    const policy = stack.literal(
      textOf(stack.resource('vault_policy', 'node-secrets/identity/policy').values.policy),
    );
    expect(capabilities(policy, 'tenants/acme/data/sql')).toEqual(['read']);
    for (const path of [
      'tenants/acme/data/redis',
      'tenants/acme/data/sql/more',
      'tenants/acme/metadata/sql',
      'tenants/beta/data/sql',
      'nuts/acme/nuts-private-keys/key',
      'nuts-pki/issue/nuts-acme',
    ])
      expect(capabilities(policy, path)).toEqual([]);
  });

  test('its login has a generation, and an entity that stays', () => {
    const next = tenantStack({ sql: { type: 'given' }, generation: 2 });
    expect(next.resource('vault_policy', 'node-secrets/identity/policy').values.name).toBe(
      'nuts-acme.secrets.g2',
    );
    expect(next.resource('vault_identity_entity', 'node-secrets/identity/entity').values.name).toBe(
      'nuts-acme.secrets',
    );
  });
});

test('where the data are is recorded once, and every plan is held against it', () => {
  const stack = tenantStack({ sql: { type: 'postgres' } });
  const record = stack.resource('terraform_data', 'sql-store/record');
  expect(record.values).toMatchObject({
    input: { sql: 'postgres' },
    lifecycle: { ignore_changes: ['input'], prevent_destroy: true },
  });
  const [check] = objects(
    object(stack.resource('terraform_data', 'sql-store/check').values.lifecycle).precondition,
  );
  expect(check?.condition).toBe(`\${terraform_data.${record.id}.output.sql == "postgres"}`);
  expect(check?.error_message).toContain('nodes would start with an empty database');
});

test('a node of v5.4 has no SQL database, and makes no record of one before it becomes v6', () => {
  const stack = tenantStack({ release: 'v5.4', didMethods: ['nuts'] });
  expect(stack.resources().filter(({ path }) => path.includes('sql-store'))).toEqual([]);
});
