import * as fc from 'fast-check';
import { tenantIdProblem } from '../../../lib/names';
import { keyRules, userRules } from '../../../lib/redis/access-rules';

const id = fc
  .oneof(
    fc.constantFrom('a', 'a-b', 'lock-a', 'a-lock', 'b', 'acme', 'acme-b', 'locks', 'default'),
    fc.stringMatching(/^[a-z0-9-]{1,12}$/),
  )
  .filter((text) => tenantIdProblem(text) === undefined);

/** Every kind of key that a node makes. */
const keysOf = (tenant: string): string[] => [
  `${tenant}_network_data:documents.00ff`,
  `${tenant}_vdr_didstore:latestV2.6469`,
  `${tenant}_`,
  `lock_${tenant}_network_data`,
  `lock_${tenant}_vdr_didstore`,
  `${tenant}.nonce.abc`,
  `${tenant}.lock_a_b`,
];

/** Redis' patterns, of which these rules have only the asterisk at the end. */
function allows(rules: string, key: string): boolean {
  return rules
    .split(' ')
    .filter((rule) => rule.startsWith('~'))
    .some((rule) => key.startsWith(rule.slice(1, -1)));
}

test('no key of a tenant matches the rules of another, whatever their ids', () => {
  fc.assert(
    fc.property(id, id, (one, other) => {
      fc.pre(one !== other);
      for (const key of keysOf(other)) expect(allows(keyRules(one, 'v6'), key)).toBe(false);
    }),
  );
});

test('its own do, but v5.4 has no sessions', () => {
  fc.assert(
    fc.property(id, (tenant) => {
      for (const key of keysOf(tenant)) {
        expect(allows(keyRules(tenant, 'v6'), key)).toBe(true);
        expect(allows(keyRules(tenant, 'v5.4'), key)).toBe(!key.startsWith(`${tenant}.`));
      }
    }),
  );
});

test('the check sees it: with ids that could hold an underscore, or be "lock", keys would meet', () => {
  expect(allows(keyRules('a', 'v6'), keysOf('a_b')[0] ?? '')).toBe(true);
  expect(allows(keyRules('lock', 'v6'), keysOf('a')[3] ?? '')).toBe(true);
  expect(tenantIdProblem('a_b')).toBeDefined();
  expect(tenantIdProblem('lock')).toBeDefined();
});

test('a pattern has one asterisk, at its end, and nothing else that Redis would read as more than itself', () => {
  fc.assert(
    fc.property(id, (tenant) => {
      for (const rule of keyRules(tenant, 'v6').split(' ')) expect(rule).toMatch(/^~[a-z0-9_.-]+\*$/);
    }),
  );
});

test('all commands are off, but for those that the node sends', () => {
  const rules = userRules('acme', 'v6').split(' ');
  expect(rules[0]).toBe('resetchannels');
  expect(rules.filter((rule) => /^[-+]/.test(rule))).toEqual([
    '-@all',
    ...'ping hello get mget set del scan multi exec discard eval evalsha'
      .split(' ')
      .map((name) => `+${name}`),
  ]);
});
