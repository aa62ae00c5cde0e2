import { authorizedKeys, isOpen } from '../../../lib/tenant/api-access';

test.each([
  [{}, false],
  [{ addresses: [] }, false],
  [{ clients: { ehr: 'ssh-ed25519 AAAA' } }, false],
  [{ addresses: ['203.0.113.7'] }, true],
  [{ clientCertificateAuthority: 'PEM' }, true],
  [{ forwardAuth: 'https://login.care.nl' }, true],
])('with %j the API is open: %s', (api, open) => {
  expect(isOpen(api)).toBe(open);
});

test('keys are written a line each, in an order that does not depend on how they were given', () => {
  const [one, other] = [
    { b: 'ssh-ed25519 B ', a: 'ssh-ed25519 A' },
    { a: 'ssh-ed25519 A', b: 'ssh-ed25519 B' },
  ];
  expect(authorizedKeys({ clients: one })).toBe(
    '# Clients of the API, by name\nssh-ed25519 A a\nssh-ed25519 B b\n',
  );
  expect(authorizedKeys({ clients: one })).toBe(authorizedKeys({ clients: other }));
});

test('without clients there is a file all the same: the node does not start without one', () => {
  expect(authorizedKeys({})).toBe('# Clients of the API, by name\n');
});
