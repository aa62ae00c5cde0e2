import { keysMeet, keysOf, parseAcl } from '../../../../lib/guardrails/knowledge/redis-acl';

test('users, their keys and their commands', () => {
  const text = `# users
user default off
user acme on #0a0b ~acme_* %R~lock_acme_* resetchannels -@all +get (+set ~acme.*)
user wide on nopass allkeys allcommands
`;
  expect(parseAcl(text)).toEqual([
    { name: 'default', isOn: false, needsNoPassword: false, keys: [], commands: [] },
    {
      name: 'acme',
      isOn: true,
      needsNoPassword: false,
      keys: ['acme_*', 'lock_acme_*', 'acme.*'],
      commands: ['-@all', '+get', '+set'],
    },
    { name: 'wide', isOn: true, needsNoPassword: true, keys: ['*'], commands: ['+@all'] },
  ]);
});

test.each([
  ['acme_*', 'beta_*', false],
  ['acme*', 'acme-b_*', true],
  ['*', 'beta_*', true],
  ['[a-z]*', 'beta_*', true],
  ['?eta_x', 'beta_*', true],
  ['acme.*', 'acme_*', false],
  ['*_x', 'beta_*', true],
  ['lock_*', 'lock_beta_*', true],
  ['acme', 'acm', false],
])('%s and %s have a key in common: %s', (one, other, expected) => {
  expect(keysMeet(one, other)).toBe(expected);
  expect(keysMeet(other, one)).toBe(expected);
});

test('no two tenants have keys in common', () => {
  const ids = ['a', 'a-b', 'acme', 'acme-b', 'b-acme', 'x'];
  for (const one of ids)
    for (const other of ids)
      if (one !== other)
        for (const own of keysOf(one))
          for (const theirs of keysOf(other))
            expect([own, theirs, keysMeet(own, theirs)]).toEqual([own, theirs, false]);
});
