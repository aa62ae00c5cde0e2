import * as fc from 'fast-check';
import {
  PlatformNames,
  platformNameProblem,
  TenantHosts,
  tenantIdProblem,
  TENANT_PARTS,
} from '../../lib/names';
import type { PlatformPart } from '../../lib/names';
import { hostNameProblem } from '../../lib/host-name';

const PLATFORM_PARTS: readonly PlatformPart[] = [
  'edge',
  'proxy',
  'proxy-acme',
  'proxy-tls',
  'proxy-tls-seed',
  'proxy-tls-state',
  'redis',
  'redis-config',
  'redis-data',
  'redis-secrets',
  'redis-secrets-files',
  'redis-secrets-seed',
  'redis-secrets-state',
  'resolver',
  'resolver-config',
  'routes',
  'vault',
  'vault-config',
  'vault-data',
];

// Ids that look like one another, and like the parts of names, are the ones that might collide.
const pieces = fc.constantFrom(
  'a',
  'b',
  'node',
  'config',
  'nuts',
  'api',
  'redis',
  'platform',
  'proxy',
  'g1',
  '-',
  '1',
);
const anyId = fc.oneof(
  fc.array(pieces, { minLength: 1, maxLength: 6 }).map((some) => some.join('')),
  fc.string(),
);
const id = anyId.filter((text) => tenantIdProblem(text) === undefined);
const platform = fc
  .oneof(fc.constantFrom('nuts', 'nuts2', 'tenants', 'sys'), fc.stringMatching(/^[a-z][a-z0-9]{0,19}$/))
  .filter((text) => platformNameProblem(text) === undefined);

function namesOf(tenant: string, on: string): Record<string, string[]> {
  const names = new PlatformNames(on).tenant(tenant);
  const hosts = new TenantHosts(tenant, 'care.internal');
  return {
    containers: TENANT_PARTS.map((part) => names.of(part)),
    mounts: [names.keysMount, names.secretsMount],
    policies: [1, 2, 11].flatMap((generation) => [
      names.identity(generation),
      names.identity(generation, 'certificate'),
      names.identity(generation, 'secrets'),
    ]),
    roles: [names.pkiRole],
    entities: [names.entity],
    hosts: [hosts.public, hosts.nodeToNode, hosts.api],
    redisKeys: [`${tenant}_`, `lock_${tenant}_`],
  };
}

function platformNamesOf(on: string): Record<string, string[]> {
  const names = new PlatformNames(on);
  return {
    containers: PLATFORM_PARTS.map((part) => names.of(part)),
    mounts: [names.approleMount, names.pkiMount, names.redisMount],
    policies: [names.proxyIdentity, names.redisIdentity, names.operatorPolicy],
    roles: [names.proxyIdentity, names.redisIdentity],
    entities: [names.proxyIdentity, names.redisIdentity],
    redisKeys: ['lock_'],
  };
}

test('an id or a platform that is refused makes no names', () => {
  expect(() => new PlatformNames('Nuts')).toThrow('"Nuts" can\'t be the name of a platform: use lower-case');
  expect(() => new PlatformNames().tenant('Acme')).toThrow(
    '"Acme" can\'t be the id of a tenant: use lower-case',
  );
});

test.each(['acme', 'a', '1', 'a-1', 'nuts', 'apis', 'locks', 'my-platform', 'x'.repeat(40)])(
  '%s can be an id',
  (text) => {
    expect(tenantIdProblem(text)).toBeUndefined();
  },
);

test.each([
  ['', '1 to 40'],
  ['x'.repeat(41), '1 to 40'],
  ['Acme', 'lower-case'],
  ['acme_care', 'lower-case'],
  ['-acme', 'lower-case'],
  ['acme-', 'lower-case'],
  ['acme\n', 'lower-case'],
  ['a.b', 'lower-case'],
  ['platform', 'reserved'],
  ['lock', 'reserved'],
  ['api', 'reserved'],
  ['nuts-acme', 'begin with nuts-'],
  ['api-acme', 'begin with api-'],
  ['platform-acme', 'begin with platform-'],
])("%j can't be an id", (text, problem) => {
  expect(tenantIdProblem(text)).toContain(problem);
});

test.each(['', 'x'.repeat(21), 'Nuts', '1nuts', 'my-nuts', 'nuts_1', 'sys', 'auth', 'tenants'])(
  "%j can't be a platform's name",
  (text) => {
    expect(platformNameProblem(text)).toEqual(expect.any(String));
  },
);

test('no two tenants meet in any name', () => {
  fc.assert(
    fc.property(id, id, platform, (one, other, on) => {
      fc.pre(one !== other);
      const [ours, theirs] = [namesOf(one, on), namesOf(other, on)];
      for (const [kind, names] of Object.entries(ours))
        expect(names.filter((name) => theirs[kind]?.includes(name))).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});

test('no tenant meets the platform in any name', () => {
  fc.assert(
    fc.property(id, platform, (tenant, on) => {
      const [ours, theirs] = [namesOf(tenant, on), platformNamesOf(on)];
      for (const [kind, names] of Object.entries(theirs))
        expect(names.filter((name) => ours[kind]?.includes(name))).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});

test('no name of a tenant is given twice', () => {
  fc.assert(
    fc.property(id, platform, (tenant, on) => {
      for (const names of Object.values(namesOf(tenant, on))) expect(new Set(names).size).toBe(names.length);
    }),
  );
});

test("no tenant's Redis keys or mounts begin with another's", () => {
  fc.assert(
    fc.property(id, id, platform, (one, other, on) => {
      fc.pre(one !== other);
      const [ours, theirs] = [namesOf(one, on), namesOf(other, on)];
      for (const key of ours.redisKeys ?? [])
        for (const theirKey of theirs.redisKeys ?? []) expect(theirKey.startsWith(key)).toBe(false);
      for (const mount of ours.mounts ?? [])
        for (const theirMount of theirs.mounts ?? []) expect(theirMount.startsWith(`${mount}/`)).toBe(false);
    }),
    { numRuns: 2000 },
  );
});

test('two platforms that share an engine have no container in common', () => {
  fc.assert(
    fc.property(id, id, platform, platform, (one, other, on, onOther) => {
      fc.pre(on !== onOther);
      const ours = [...(namesOf(one, on).containers ?? []), ...(platformNamesOf(on).containers ?? [])];
      const theirs = [
        ...(namesOf(other, onOther).containers ?? []),
        ...(platformNamesOf(onOther).containers ?? []),
      ];
      expect(ours.filter((name) => theirs.includes(name))).toEqual([]);
    }),
  );
});

test('every host of a tenant is a host name', () => {
  fc.assert(
    fc.property(id, (tenant) => {
      for (const host of namesOf(tenant, 'nuts').hosts ?? []) expect(hostNameProblem(host)).toBeUndefined();
    }),
  );
});
