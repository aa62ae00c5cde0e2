import { isolationMarkdown } from '../../lib/isolation/markdown';
import { proveIsolation } from '../../lib/isolation/prove-isolation';
import { stackSets } from './support/configurations';
import { mutated, MUTATIONS } from './support/guardrail-mutations';

// Who can reach what, over everything that this repository can synthesise.

const SETS = stackSets();
const SEVERAL = SETS.filter(
  ({ stacks }) => stacks.filter(({ name }) => name.startsWith('tenant-')).length > 1,
);

/** Changes that open a way from one tenant to another, by the rule that sees them first. */
const OPENING = new Set([
  'shared-network',
  'shared-volume',
  'docker-socket',
  'host-path',
  'host-namespace',
  'privileged',
  'capabilities',
  'published-port',
  'vault-policy-reach',
  'vault-administration',
  'redis-reach',
  'open-route',
  'foreign-route',
]);
/** Those of them that open none: they harm the tenant itself, or weaken what another protection still holds. */
const HARMLESS_TO_OTHERS = [
  'a container of the platform with data of two tenants',
  "a node's API on the loopback address",
  'a port of the proxy on every address',
  'every command',
  "another file's service",
  'options of all',
  'a file that can not be read',
];

test.each(SETS.map(({ environment, stacks }) => [environment, stacks.length, stacks] as const))(
  'no way leads from one tenant to another: %s, %i stacks',
  (_, __, stacks) => {
    expect(proveIsolation(stacks).violations).toEqual([]);
  },
);

test('there was something to follow, of every kind', () => {
  const { edges, tenants, pairs } = proveIsolation(SETS[0]?.stacks ?? []);
  expect(tenants.map(({ id }) => id)).toEqual(['acme', 'beta', 'delta', 'epsilon', 'gamma', 'zeta']);
  expect(pairs).toBe(30);
  for (const count of Object.values(edges)) expect(count).toBeGreaterThan(5);
});

test('what tenants share is named, each with its reason', () => {
  const { shared } = proveIsolation(SETS[0]?.stacks ?? []);
  expect(shared.map(({ thing }) => thing).sort()).toEqual([
    'container nuts-platform-egress',
    'container nuts-platform-proxy',
    'container nuts-platform-proxy-tls',
    'container nuts-platform-resolver',
    'container nuts-platform-vault',
    'network nuts-platform-vault',
    'volume nuts-platform-routes',
  ]);
  for (const { reason } of shared) expect(reason).toMatch(/\w+ \w+ \w+/);
});

const mutations = MUTATIONS.filter(
  ({ rule, name }) => OPENING.has(rule) && !HARMLESS_TO_OTHERS.includes(name),
);

test.each(mutations.map((mutation) => [mutation.rule, mutation.name, mutation] as const))(
  'a way is found after: %s, %s',
  (_, __, mutation) => {
    const found = SEVERAL.map((set) => mutated(set, mutation))
      .filter((stacks) => stacks !== undefined)
      .map((stacks) => proveIsolation(stacks).violations.length > 0);
    expect(found.length).toBeGreaterThan(0);
    expect(found).not.toContain(false);
  },
);

test('a way is told step by step', () => {
  const mutation = MUTATIONS.find(({ name }) => name === "a path of another's");
  const [set] = SEVERAL;
  const stacks = mutation && set && mutated(set, mutation);
  const report = proveIsolation(stacks ?? []);
  expect(report.violations[0]).toEqual({
    from: 'acme',
    to: 'beta',
    steps: [
      'container nuts-acme-vault-proxy logs in with login nuts-acme.g1',
      'login nuts-acme.g1 has a policy for everything in Vault of beta',
    ],
  });
  const markdown = isolationMarkdown(report);
  expect(markdown).toContain('ways lead from one tenant to another');
  expect(markdown).toContain('1. container nuts-acme-vault-proxy logs in with login nuts-acme.g1');
});
