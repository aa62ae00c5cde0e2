import * as fc from 'fast-check';
import { capabilitiesAt, matchesPath, pathsMeet } from '../../../../lib/guardrails/knowledge/vault-paths';

test.each([
  ['nuts/acme/*', 'nuts/acme/key', true],
  ['nuts/acme*', 'nuts/acme-b/key', true],
  ['nuts/acme/*', 'nuts/acme', false],
  ['nuts/+/key', 'nuts/acme/key', true],
  ['nuts/+/key', 'nuts/acme/b/key', false],
  ['nuts/+/k*', 'nuts/acme/key/x', true],
  ['nuts/a+/key', 'nuts/acme/key', false],
  ['nuts/*/key', 'nuts/acme/key', false],
  ['+/acme', 'tenants/acme', true],
])('%s matches %s: %s', (pattern, path, expected) => {
  expect(matchesPath(pattern, path)).toBe(expected);
});

test.each([
  ['nuts/acme/*', 'nuts/beta/*', false],
  ['nuts/acme*', 'nuts/acme-b/*', true],
  ['nuts/+/x', 'nuts/beta/*', true],
  ['*', 'nuts/beta', true],
  ['nuts/+', 'nuts/beta/*', false],
  ['+/beta/x', 'nuts/+/x', true],
  ['nuts-pki/issue/*', 'nuts-pki/issue/nuts-beta', true],
  ['nuts-pki/issue/nuts-acme', 'nuts-pki/issue/nuts-acme-b', false],
])('%s and %s have a path in common: %s', (one, other, expected) => {
  expect(pathsMeet(one, other)).toBe(expected);
  expect(pathsMeet(other, one)).toBe(expected);
});

const segment = fc.constantFrom('a', 'b', 'ab', '+');
const pattern = fc
  .tuple(fc.array(segment, { minLength: 1, maxLength: 3 }), fc.boolean())
  .map(([segments, isPrefix]) => segments.join('/') + (isPrefix ? '*' : ''))
  // Vault refuses it.
  .filter((path) => !path.endsWith('+*'));
const path = fc
  .array(fc.constantFrom('a', 'b', 'ab', 'abc'), { minLength: 1, maxLength: 4 })
  .map((segments) => segments.join('/'));

test('no path is matched by both where none is said to be', () => {
  fc.assert(
    fc.property(pattern, pattern, path, (one, other, candidate) => {
      if (matchesPath(one, candidate) && matchesPath(other, candidate))
        expect(pathsMeet(one, other)).toBe(true);
    }),
    { numRuns: 3000 },
  );
});

test('where some path is said to be, one is found', () => {
  const paths = ['a', 'b', 'ab', 'abc'].flatMap((first) => [
    first,
    ...['a', 'b', 'ab'].flatMap((second) => [
      `${first}/${second}`,
      ...['a', 'b', 'ab'].flatMap((third) => [
        `${first}/${second}/${third}`,
        `${first}/${second}/${third}/a`,
      ]),
    ]),
  ]);
  fc.assert(
    fc.property(pattern, pattern, (one, other) => {
      const shared = paths.some((candidate) => matchesPath(one, candidate) && matchesPath(other, candidate));
      expect(pathsMeet(one, other)).toBe(shared);
    }),
    { numRuns: 1000 },
  );
});

test('the pattern that Vault ranks highest decides, and a refusal in it ends all', () => {
  const rules = [
    { path: 'kv/*', capabilities: ['read'] },
    { path: 'kv/+/name', capabilities: ['list'] },
    { path: 'kv/closed/*', capabilities: ['deny', 'read'] },
    { path: 'kv/closed/open', capabilities: ['update'] },
    { path: 'kv/closed/open', capabilities: ['create'] },
  ];
  expect(capabilitiesAt(rules, 'kv/x')).toEqual(['read']);
  expect(capabilitiesAt(rules, 'kv/x/name')).toEqual(['list']);
  expect(capabilitiesAt(rules, 'kv/closed/name')).toEqual([]);
  expect(capabilitiesAt(rules, 'kv/closed/open')).toEqual(['update', 'create']);
  expect(capabilitiesAt(rules, 'elsewhere')).toEqual([]);
});
