import { containers, environmentOf, mountedVolumes, networksOf } from '../../contract/support/containers';
import { object, objects } from '../../contract/support/stack-json';
import { ACME, tenantStack } from '../support/tenant';

test.each([
  [
    { url: 'http://acme.care.internal' },
    'must be https:// and a host name only, such as https://acme.care.internal',
  ],
  [{ url: 'https://acme.care.internal/' }, 'must be https:// and a host name only'],
  [{ url: 'https://acme.care.internal:8443' }, 'must be https:// and a host name only'],
  [{ url: 'https://acme.care.internal/path' }, 'must be https:// and a host name only'],
  [{ url: 'https://acme.local' }, 'strict mode of the Nuts node refuses names under .local'],
  [{ url: 'https://192.0.2.1' }, 'IP address'],
  [{ subnet: '10.81.0.17/28' }, '"10.81.0.17/28" is not the start of its subnet; write 10.81.0.16/28'],
  [{ subnet: '10.81.0.16' }, '"10.81.0.16" is not an IPv4 subnet'],
  [{ subnet: '10.81.0.16/31' }, '10.81.0.16/31 has no address 2'],
  [{ release: 'v5.4' }, 'release v5.4 knows only did:nuts; didMethods says web, nuts'],
  [{ release: 'v5.4', didMethods: ['nuts'], sql: { type: 'sqlite' } }, 'release v5.4 has no SQL database'],
  [{ didMethods: [] }, 'didMethods must name at least one of web, nuts'],
  [{ tenantId: 'Acme' }, '"Acme" can\'t be the id of a tenant'],
  [{ options: { strictmode: false } }, 'node option "strictmode" can\'t be set'],
] as const)('fails with %j', (props, message) => {
  expect(() => tenantStack(props)).toThrow(message);
});

test('what a tenant is called is recorded once, and every plan is held against it', () => {
  const stack = tenantStack({ didMethods: ['nuts', 'web'] });
  const record = stack.resource('terraform_data', 'identity/record');
  expect(record.values).toMatchObject({
    input: { url: ACME.url, didMethods: 'nuts,web', cell: 'local' },
    lifecycle: { ignore_changes: ['input'], prevent_destroy: true },
  });
  const conditions = objects(
    object(stack.resource('terraform_data', 'identity/check').values.lifecycle).precondition,
  );
  expect(conditions.map(({ condition }) => condition)).toEqual(
    [
      ['url', ACME.url],
      ['didMethods', 'nuts,web'],
      ['cell', 'local'],
    ].map(([key, value]) => `\${terraform_data.${record.id}.output.${key ?? ''} == "${value ?? ''}"}`),
  );
  for (const { error_message: message } of conditions)
    expect(message).toContain('Put the old value back; a new identity is a new tenant.');
});

test('`removed` leaves exactly what can not be made again, and its record', () => {
  const left = tenantStack({ state: 'removed' }).resources();
  expect(left.map(({ type, path }) => `${type} ${path}`).sort()).toEqual([
    'docker_volume acme/data/node/Resource',
    'docker_volume acme/data/redis/Resource',
    'terraform_data acme/identity/check',
    'terraform_data acme/identity/record',
    'terraform_data acme/redis-store/check',
    'terraform_data acme/redis-store/record',
    'terraform_data acme/sql-store/check',
    'terraform_data acme/sql-store/record',
    'vault_mount acme/data/keys',
    'vault_mount acme/data/secrets',
  ]);
});

test('what is left is what there was: removing changes none of it', () => {
  const [before, after] = [tenantStack(), tenantStack({ state: 'removed' })];
  for (const { address, values } of after.resources())
    expect(values).toEqual(before.resources().find((resource) => resource.address === address)?.values);
});

test('the node is on its own bridge, at the address that its route names', () => {
  const stack = tenantStack();
  const node = stack.resource('docker_container', 'node/container/Resource');
  expect(networksOf(stack, node)).toEqual(['nuts-acme-node']);
  expect(objects(node.values.networks_advanced)[0]?.ipv4_address).toBe('10.81.0.18');
  expect(environmentOf(stack.resource('docker_container', 'carrier/Resource')).ROUTE).toContain(
    'http://10.81.0.18:8080',
  );
});

test('the node reads its sockets and its configuration, and writes to its data only', () => {
  const stack = tenantStack();
  expect(mountedVolumes(stack, stack.resource('docker_container', 'node/container/Resource'))).toEqual([
    { volume: 'nuts-acme-node-config', target: '/etc/nuts', readOnly: true },
    { volume: 'nuts-acme-node-data', target: '/nuts/data', readOnly: false },
    { volume: 'nuts-acme-redis-socket', target: '/run/redis', readOnly: true },
    { volume: 'nuts-acme-vault-socket', target: '/run/vault', readOnly: true },
    { volume: 'nuts-acme-certificate-files', target: '/run/nuts-certificate', readOnly: true },
  ]);
});

test('did:web alone has no certificate, and no second login', () => {
  const stack = tenantStack({ didMethods: ['web'] });
  expect(stack.resources().filter(({ path }) => path.includes('/certificate'))).toEqual([]);
  expect(stack.resources('vault_policy')).toHaveLength(1);
});

test('each release has its own image, which a tenant may choose itself', () => {
  const image = (props: Parameters<typeof tenantStack>[0]) =>
    tenantStack(props).resource('docker_container', 'node/container/Resource').values.image;
  expect(image({})).toMatch(/nuts-node:6\./);
  expect(image({ release: 'v5.4', didMethods: ['nuts'] })).toMatch(/nuts-node:v5\.4/);
  expect(image({ image: 'registry.care.nl/nuts-node:6.2.11' })).toBe('registry.care.nl/nuts-node:6.2.11');
});

test('limits change in place: they are no part of what replaces a container', () => {
  const [before, after] = [tenantStack(), tenantStack({ memoryMiB: 512, redisMemoryMiB: 256 })];
  const changed = containers(after).filter(({ address, values }) => {
    const old = containers(before).find((container) => container.address === address);
    return JSON.stringify(old?.values) !== JSON.stringify(values);
  });
  for (const { address, values } of changed) {
    const old = containers(before).find((container) => container.address === address)?.values;
    expect({ ...values, memory: 0, memory_swap: 0 }).toEqual({ ...old, memory: 0, memory_swap: 0 });
  }
  expect(changed.map(({ path }) => path).sort()).toEqual([
    'acme/node/container/Resource',
    'acme/redis/container/Resource',
  ]);
});

test('an edit of the API leaves node and Redis as they are, but for the keys that the node reads', () => {
  const [before, after] = [
    tenantStack(),
    tenantStack({ api: { addresses: ['203.0.113.7'], clients: { ehr: { keys: ['ssh-ed25519 AAAA'] } } } }),
  ];
  const changed = after.resources().filter(({ address, values }) => {
    const old = before.resources().find((resource) => resource.address === address);
    return JSON.stringify(old?.values) !== JSON.stringify(values);
  });
  expect(changed.map(({ path }) => path).sort()).toEqual([
    'acme/node/config/Resource',
    'acme/route/file/carrier/Resource',
  ]);
});
