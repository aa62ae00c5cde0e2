import * as fc from 'fast-check';
import { parse } from 'yaml';
import { PlatformNames } from '../../lib/names';
import type { PlatformConfig } from '../../stacks/config/platform-config';
import type { TenantConfig } from '../../stacks/config/tenant-config';
import { synthesiseConfiguration } from './support/configurations';
import { environmentOf, mountedVolumes, nameOf, networksOf, containers } from './support/containers';
import { mentions, namesOf } from './support/mentions';
import { object, objects, type StackJson, textOf } from './support/stack-json';
import { platforms, tenantSets } from './support/tenant-sets';

const RUNS = { numRuns: 15 };

function tenantStacks(platform: PlatformConfig, tenants: readonly TenantConfig[]): Map<string, StackJson> {
  const stacks = synthesiseConfiguration({ platform, tenants });
  return new Map(stacks.filter(({ name }) => name.startsWith('tenant-')).map((stack) => [stack.name, stack]));
}

test('adding, removing and reordering tenants changes no byte of another tenant', () => {
  fc.assert(
    fc.property(platforms, tenantSets, fc.nat(), (platform, tenants, seed) => {
      const all = tenantStacks(platform, tenants);
      const others = tenants.filter((_, index) => index !== seed % tenants.length).reverse();
      const fewer = tenantStacks(platform, others);
      expect(fewer.size).toBe(others.length);
      for (const [name, stack] of fewer) expect(stack.text).toBe(all.get(name)?.text);
    }),
    RUNS,
  );
});

test("no tenant's stack mentions anything of another tenant", () => {
  fc.assert(
    fc.property(platforms, tenantSets, (platform, tenants) => {
      const names = new PlatformNames(platform.name);
      const stacks = tenantStacks(platform, tenants);
      for (const tenant of tenants) {
        // A container of `acme` may be called as an entity of `acme-node` is: in Vault that is another name.
        const own = namesOf(tenant, names, platform.domain);
        const text = whatItNames(stacks.get(`tenant-${tenant.id}`));
        for (const other of tenants.filter((candidate) => candidate !== tenant))
          expect(
            namesOf(other, names, platform.domain).filter(
              (name) => mentions(text, name) && !own.includes(name),
            ),
          ).toEqual([]);
        // The check itself sees what is there.
        expect(mentions(text, names.tenant(tenant.id).keysMount)).toBe(true);
      }
    }),
    RUNS,
  );
});

test('no name is given twice, to whatever tenant or part of the platform', () => {
  fc.assert(
    fc.property(platforms, tenantSets, (platform, tenants) => {
      const stacks = synthesiseConfiguration({ platform, tenants });
      for (const [kind, names] of Object.entries(givenNames(stacks)))
        expect({ kind, names: names.filter((name, index) => names.indexOf(name) !== index) }).toEqual({
          kind,
          names: [],
        });
    }),
    RUNS,
  );
});

test('what a tenant labels is labelled as its own', () => {
  fc.assert(
    fc.property(platforms, tenantSets, (platform, tenants) => {
      for (const [name, stack] of tenantStacks(platform, tenants))
        for (const { type, values } of stack.resources())
          if (type.startsWith('docker_'))
            expect(objects(values.labels)).toEqual([
              { label: 'nuts-saas.platform', value: platform.name },
              { label: 'nuts-saas.tenant', value: name.slice('tenant-'.length) },
            ]);
    }),
    { numRuns: 5 },
  );
});

test('a volume or network of one tenant is used by no other, and the platform shares only its routes and the ways to Vault and to a shared Redis', () => {
  fc.assert(
    fc.property(platforms, tenantSets, (platform, tenants) => {
      const shared = new PlatformNames(platform.name);
      const owners = new Map<string, string>();
      for (const [name, stack] of tenantStacks(platform, tenants))
        for (const used of new Set(usedBy(stack))) {
          if ([shared.of('routes'), shared.of('vault'), shared.of('redis'), 'none'].includes(used)) continue;
          expect({ used, owner: owners.get(used) }).toEqual({ used, owner: undefined });
          owners.set(used, name);
        }
    }),
    RUNS,
  );
});

function usedBy(stack: StackJson): string[] {
  return containers(stack).flatMap((container) => [
    ...mountedVolumes(stack, container).map(({ volume }) => volume),
    ...networksOf(stack, container),
  ]);
}

/** A stack without what may be called as a tenant could be: construct paths, images, paths in a container, and this program. */
function whatItNames(stack: StackJson | undefined): string {
  const named = JSON.stringify(stack?.json, (key, value: unknown) =>
    ['//', 'image'].includes(key) ? undefined : value,
  );
  return named.replaceAll(/\/run\/[\w-]+|nuts-saas( |\/|\.(tenant|platform))/g, '');
}

/** Every name that is given in stacks, by the space in which it must be the only one. */
function givenNames(stacks: readonly StackJson[]): Record<string, string[]> {
  const all = stacks.flatMap((stack) => stack.resources());
  const named = (type: string, key: string) =>
    all.filter((resource) => resource.type === type).map(({ values }) => textOf(values[key]));
  const routes = all.filter(
    ({ type, path }) => type === 'docker_container' && path.endsWith('/carrier/Resource'),
  );
  return {
    containers: all.filter(({ type }) => type === 'docker_container').map(nameOf),
    networks: named('docker_network', 'name'),
    volumes: named('docker_volume', 'name'),
    mounts: named('vault_mount', 'path'),
    policies: named('vault_policy', 'name'),
    roles: named('vault_approle_auth_backend_role', 'role_name'),
    certificateRoles: named('vault_pki_secret_backend_role', 'name'),
    entities: named('vault_identity_entity', 'name'),
    subnets: all
      .filter(({ type }) => type === 'docker_network')
      .map(({ values }) => textOf(object(objects(values.ipam_config)[0]).subnet)),
    hosts: routes.flatMap(({ values }) => hostsOf(JSON.stringify(values.env))),
    routeNames: routes.flatMap((route) => namesIn(environmentOf(route).ROUTE ?? '')),
    routeFiles: routes.map(
      ({ values }) => (values.env as string[]).find((line) => line.startsWith('FILE=')) ?? '',
    ),
  };
}

/** What a route calls its parts, which all files of the proxy share. */
function namesIn(route: string): string[] {
  const { http, tcp, tls } = parse(route) as Record<string, Record<string, object> | undefined>;
  const kinds = { http, tcp, tls };
  return Object.entries(kinds).flatMap(([kind, sections]) =>
    Object.entries(sections ?? {}).flatMap(([section, parts]) =>
      Object.keys(parts).map((name) => `${kind}.${section}.${name}`),
    ),
  );
}

/** The hosts of a route, each once: two of its entry points share one. */
function hostsOf(route: string): string[] {
  return [...new Set([...route.matchAll(/Host(?:SNI)?\(`([^`]+)`\)/g)].map(([, host = '']) => host))];
}
