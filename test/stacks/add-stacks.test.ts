import type { Images } from '../../lib/images';
import { addStacks } from '../../stacks/add-stacks';
import { machineImages } from '../../stacks/machine-images';
import { containers, environmentOf, uploadsOf } from '../contract/support/containers';
import { textOf, type StackJson } from '../contract/support/stack-json';
import { stackNamed, stacksOf, testApp } from '../contract/support/synthesise';
import { ACME, BETA, load, PLATFORM, PRODUCTION, type Files } from './config/fixture';

function stacks(files: Files, images: Partial<Images> = {}): StackJson[] {
  const app = testApp();
  addStacks(app, load({ 'tenants/': '', ...files }), images);
  return stacksOf(app);
}

const OWN_HOST = ACME.replace('acme.care.internal', 'nuts.acme-care.nl');

function hostsOfPlatform(tenant: string): { certificate: unknown; resolver: string } {
  const platform = stackNamed(stacks({ 'platform.yaml': PLATFORM, 'tenants/acme.yaml': tenant }), 'platform');
  const [resolver = ''] = Object.values(
    uploadsOf(platform.resource('docker_container', 'resolver/config/Resource')),
  );
  return {
    certificate: platform.resource('vault_pki_secret_backend_role', 'proxy-role').values.allowed_domains,
    resolver,
  };
}

test('a local Vault, the platform and each tenant have a stack of their own', () => {
  const files = { 'platform.yaml': PLATFORM, 'tenants/acme.yaml': ACME, 'tenants/beta.yaml': BETA };
  expect(stacks(files).map(({ name }) => name)).toEqual(['vault', 'platform', 'tenant-acme', 'tenant-beta']);
});

test("a customer's own host is in the platform's certificate and resolver, as long as the tenant is active", () => {
  expect(hostsOfPlatform(OWN_HOST).certificate).toEqual([
    'care.internal',
    '*.care.internal',
    'nuts.acme-care.nl',
  ]);
  expect(hostsOfPlatform(OWN_HOST).resolver).toContain('nuts.acme-care.nl {');
  for (const tenant of [ACME, `${OWN_HOST}state: removed\n`]) {
    expect(hostsOfPlatform(tenant).certificate).toEqual(['care.internal', '*.care.internal']);
    expect(hostsOfPlatform(tenant).resolver).not.toContain('acme');
  }
});

test('production has its own Vault and public DNS: no stack for one, no edge, no resolver', () => {
  const all = stacks({ 'platform.yaml': PRODUCTION, 'tenants/acme.yaml': ACME });
  expect(all.map(({ name }) => name)).toEqual(['platform', 'tenant-acme']);
  const paths = stackNamed(all, 'platform')
    .resources()
    .map(({ path }) => path);
  expect(paths.filter((path) => /edge|resolver/.test(path))).toEqual([]);
  const node = stackNamed(all, 'tenant-acme').resource('docker_container', 'node/container/Resource');
  expect(node.values).not.toHaveProperty('dns');
});

test("a tenant's limits and administration are in its route", () => {
  const tenant = `${ACME.replace('[web]', '[web, nuts]')}api: { administration: { addresses: [192.0.2.9] } }
limits: { public: { average: 11 }, api: { burst: 12 }, nodeToNode: { connections: 13 } }\n`;
  const stack = stackNamed(stacks({ 'platform.yaml': PLATFORM, 'tenants/acme.yaml': tenant }), 'tenant-acme');
  const { ROUTE } = environmentOf(stack.resource('docker_container', 'route/file/carrier/Resource'));
  for (const part of ['average: 11', 'burst: 12', 'amount: 13', 'admin-acme.care.internal', '- 192.0.2.9'])
    expect(ROUTE).toContain(part);
  expect(ROUTE).not.toContain('api-acme.care.internal');
});

describe('images', () => {
  const node = (platform: string, images: Partial<Images>) =>
    stackNamed(
      stacks({ 'platform.yaml': platform, 'tenants/acme.yaml': ACME }, images),
      'tenant-acme',
    ).resource('docker_container', 'node/container/Resource').values.image;
  const machine = { nutsNodeV6: 'nuts-saas/nuts-node:built' };

  test("are the library's, this machine's before them, and the configuration's before both", () => {
    expect(node(PLATFORM, {})).toBe('nutsfoundation/nuts-node:6.2.10');
    expect(node(PLATFORM, machine)).toBe('nuts-saas/nuts-node:built');
    expect(node(`${PLATFORM}images: { nutsNodeV6: 'registry.care.nl/nuts-node:6.2.11' }\n`, machine)).toBe(
      'registry.care.nl/nuts-node:6.2.11',
    );
  });

  test('of this machine reach every stack', () => {
    const all = stacks(
      { 'platform.yaml': PLATFORM, 'tenants/acme.yaml': ACME },
      { redis: 'nuts-saas/redis:built' },
    );
    for (const stack of all) {
      const used = containers(stack).map(({ values }) => values.image);
      expect(used).toContain('nuts-saas/redis:built');
      expect(used.filter((image) => textOf(image).startsWith('redis:'))).toEqual([]);
    }
  });

  test('of this machine come from the environment', () => {
    expect(machineImages({})).toEqual({});
    expect(machineImages({ NUTS_SAAS_IMAGES: '{"redis":"nuts-saas/redis:built"}' })).toEqual({
      redis: 'nuts-saas/redis:built',
    });
    expect(() => machineImages({ NUTS_SAAS_IMAGES: 'redis' })).toThrow();
  });
});

test('removeData leaves nothing in the stack, so that the apply destroys what is left', () => {
  const gone = stackNamed(
    stacks({ 'platform.yaml': PLATFORM, 'tenants/acme.yaml': `${ACME}state: removed\nremoveData: acme\n` }),
    'tenant-acme',
  );
  expect([...gone.resources(), ...gone.dataSources()]).toEqual([]);
  expect(gone.json).toHaveProperty('terraform.backend');
  expect(gone.json).toHaveProperty('provider.vault');
});
