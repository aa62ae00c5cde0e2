import { allowedAddresses, type ApiAccess, authorizedKeys, isOpen } from '../../../lib/tenant/api-access';

const KEYS = { keys: ['ssh-ed25519 AAAA'] };
const cases: [ApiAccess, boolean][] = [
  [{}, false],
  [{ addresses: [] }, false],
  [{ clients: { ehr: KEYS } }, false],
  [{ clients: { ehr: { ...KEYS, addresses: [] } } }, false],
  [{ administration: { addresses: ['203.0.113.7'] } }, false],
  [{ clients: { ehr: { ...KEYS, addresses: ['203.0.113.7'] } } }, true],
  [{ addresses: ['203.0.113.7'] }, true],
  [{ clientCertificateAuthority: 'PEM' }, true],
  [{ forwardAuth: 'https://login.care.nl' }, true],
];

test.each(cases)('with %j the API is open: %s', (api, open) => {
  expect(isOpen(api)).toBe(open);
});

test('let in are the addresses of the API and of every client, each once', () => {
  const api = {
    addresses: ['203.0.113.7'],
    clients: {
      viewer: { ...KEYS, addresses: ['203.0.113.9', '203.0.113.7'] },
      ehr: { ...KEYS, addresses: ['203.0.113.8'] },
      none: KEYS,
    },
  };
  expect(allowedAddresses(api)).toEqual(['203.0.113.7', '203.0.113.8', '203.0.113.9']);
});

test('keys are written a line each under the name of their client, in an order that does not depend on how they were given', () => {
  const [one, other] = [
    { b: { keys: ['ssh-ed25519 B '] }, a: { keys: ['ssh-ed25519 A2', 'ssh-ed25519 A1'] } },
    { a: { keys: ['ssh-ed25519 A1', 'ssh-ed25519 A2'] }, b: { keys: ['ssh-ed25519 B'] } },
  ];
  expect(authorizedKeys({ clients: one })).toBe(
    '# Clients of the API, by name\nssh-ed25519 A1 a\nssh-ed25519 A2 a\nssh-ed25519 B b\n',
  );
  expect(authorizedKeys({ clients: one })).toBe(authorizedKeys({ clients: other }));
});

test('without clients there is a file all the same: the node does not start without one', () => {
  expect(authorizedKeys({})).toBe('# Clients of the API, by name\n');
});
