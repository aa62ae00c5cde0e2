import * as fc from 'fast-check';
import { TerraformStack } from 'cdktf';
import { invokeAspects } from 'cdktf/lib/synthesize/synthesizer';
import { NutsPlatform, NutsTenant, Vault } from '../../lib';
import { limits } from '../../stacks/config/limits-config';
import type { PlatformConfig } from '../../stacks/config/platform-config';
import type { TenantConfig } from '../../stacks/config/tenant-config';
import { configureTerraform } from '../../stacks/terraform-settings';
import { configuration, PRODUCTION, synthesiseConfiguration } from './support/configurations';
import { objects, StackJson, texts, type JsonObject, type Resource, textOf } from './support/stack-json';
import { testApp } from './support/synthesise';
import { tenantSets } from './support/tenant-sets';

// A small provider puts the platform and all its tenants in one stack, and has its own Vault.

const { platform } = configuration(
  PRODUCTION.replace('production', 'development')
    .replace('domain: care.nl', 'domain: saas.internal')
    .replace(/tls: .*/, '')
    .concat('redis: { kind: own }\n'),
  [],
);
const RUNS = { numRuns: 10 };

function inOneStack(wanted: PlatformConfig, tenants: readonly TenantConfig[]): StackJson {
  const stack = new TerraformStack(testApp(), 'everything');
  if (wanted.vault.kind !== 'external') throw new Error('a local Vault needs a stack of its own');
  configureTerraform(stack, {
    backend: { type: 'local', directory: 'state' },
    vaultAddress: wanted.vault.address,
  });
  const shared = new NutsPlatform(stack, 'platform', {
    environment: 'development',
    domain: wanted.domain,
    vault: Vault.fromAddress(wanted.vault),
    vaultSubnet: wanted.networks.vault,
    edgeSubnet: wanted.networks.edge,
    tenantSubnets: wanted.networks.tenants,
    ...(wanted.network.truststore && { truststore: wanted.network.truststore }),
    ...(wanted.network.revocationLists && { revocationLists: wanted.network.revocationLists }),
    sharedCertificate: tenants.some(({ certificate }) => certificate?.source === 'shared'),
    ...(wanted.redis && { redis: wanted.redis }),
  });
  for (const tenant of tenants)
    new NutsTenant(stack, tenant.id, { ...tenant, tenantId: tenant.id, platform: shared });
  stack.prepareStack();
  invokeAspects(stack);
  return StackJson.of(stack);
}

function names(resources: readonly Resource[]): string[] {
  const paths = new Map(resources.map(({ address, values }) => [address, textOf(values.path)]));
  // In one stack a path may refer to the mount that it is in.
  const plain = (text: string) =>
    text.replaceAll(
      /\$\{([\w.-]+)\.path\}/g,
      (reference, address: string) => paths.get(address) ?? reference,
    );
  return resources
    .map(({ type, values }) => `${type} ${plain(textOf(values.name ?? values.path ?? values.role_name))}`)
    .sort();
}

test('everything in one stack has the names that it has in stacks of its own', () => {
  fc.assert(
    fc.property(tenantSets, (tenants) => {
      const apart = synthesiseConfiguration({ platform, tenants });
      const together = inOneStack(platform, tenants);
      expect(names(together.resources())).toEqual(names(apart.flatMap((stack) => stack.resources())));
    }),
    RUNS,
  );
});

test('in one stack no tenant refers to another', () => {
  fc.assert(
    fc.property(tenantSets, (tenants) => {
      const resources = inOneStack(platform, tenants).resources();
      const ownerOf = (path: string) => path.split('/')[0] ?? '';
      for (const { path, values } of resources)
        for (const target of resources.filter(({ address }) => refersTo(texts(values), address)))
          expect([ownerOf(path), 'platform']).toContain(ownerOf(target.path));
    }),
    RUNS,
  );
});

function refersTo(values: readonly string[], address: string): boolean {
  return values.some((text) => new RegExp(`${address.replaceAll('.', '\\.')}(?![\\w-])`).test(text));
}

test('in one stack whatever uses a name waits for what is called so', () => {
  const [acme, beta] = [
    tenantOf('acme', 16),
    { ...tenantOf('beta', 32), redis: { mode: 'shared' } as const },
  ];
  const stack = inOneStack(platform, [acme, beta]);
  const resources = stack.resources();
  const created = resources
    .filter(({ type }) =>
      ['docker_network', 'docker_volume', 'vault_mount', 'vault_auth_backend'].includes(type),
    )
    .map(({ values }) => textOf(values.name ?? values.path));
  // Terraform creates in parallel what doesn't refer to one another: a name that is only written down may not be there yet.
  const written = resources.flatMap(({ path, values }) =>
    used(values)
      .filter((name) => created.includes(name))
      .map((name) => `${path} uses ${name} without a reference to it`),
  );
  expect(written).toEqual([]);
});

/** What a resource uses by name: mounts, networks and backends. */
function used(values: JsonObject): string[] {
  return [
    ...objects(values.mounts).map(({ source }) => textOf(source)),
    ...objects(values.networks_advanced).map(({ name }) => textOf(name)),
    textOf(values.backend),
    textOf(values.mount),
  ];
}

function tenantOf(id: string, offset: number): TenantConfig {
  return {
    id,
    state: 'active',
    release: 'v6',
    didMethods: ['web', 'nuts'],
    url: `https://${id}.saas.internal`,
    subnet: `10.81.0.${offset}/28`,
    cell: 'local',
    generation: 1,
    limits: limits.parse({}),
    options: {},
  };
}
