import { ACME, load, PLATFORM, tenantProblems } from './fixture';
import { CERTIFICATE, ECDSA_256, ED25519, RSA_1024 } from './keys';

const change = (from: string, to: string): string => ACME.replace(from, to);
const without = (key: string): string => ACME.replace(new RegExp(`^${key}:.*\n`, 'm'), '');
const add = (text: string): string => ACME + text;
const indented = (text: string): string => text.trim().replace(/^/gm, '    ');

test('a tenant needs no more than an id, a release, a url, DID methods and a subnet', () => {
  const { tenants } = load({ 'platform.yaml': PLATFORM, 'tenants/acme.yaml': ACME });

  expect(tenants).toEqual([
    {
      id: 'acme',
      state: 'active',
      release: 'v6',
      url: 'https://acme.care.internal',
      didMethods: ['web'],
      cell: 'local',
      subnet: '10.81.0.16/28',
      generation: 1,
      limits: {
        node: { memory: 256 },
        redis: { memory: 128 },
        public: { average: 50, burst: 100, concurrent: 64 },
        api: { average: 100, burst: 200, concurrent: 64 },
        nodeToNode: { connections: 16 },
      },
      options: {},
    },
  ]);
});

test('release v5.4 has did:nuts by itself', () => {
  const text = without('didMethods').replace('v6', 'v5.4');

  expect(load({ 'platform.yaml': PLATFORM, 'tenants/acme.yaml': text }).tenants[0]?.didMethods).toEqual([
    'nuts',
  ]);
});

test('the line end of a block is no part of a public key', () => {
  const text = add(
    `api:\n  addresses: [10.0.0.1]\n  clients:\n    ehr:\n      keys:\n        - |\n          ${ED25519}\n`,
  );

  expect(load({ 'platform.yaml': PLATFORM, 'tenants/acme.yaml': text }).tenants[0]?.api?.clients).toEqual({
    ehr: { keys: [ED25519] },
  });
});

test.each([
  ['a host of its own', change('acme.care.internal', 'nuts.acme.nl')],
  ['removed', add('state: removed')],
  ['removed with its data', add('state: removed\nremoveData: acme')],
  [
    'addresses',
    add(
      `api: { addresses: [192.0.2.1, 198.51.100.0/24], clients: { ehr: { keys: [${ED25519}] }, his: { keys: [${ECDSA_256}] } } }`,
    ),
  ],
  [
    'a client authority',
    add(`api:\n  clientCertificateAuthority: |\n${indented(CERTIFICATE + CERTIFICATE)}`),
  ],
  ['a forward-auth', add('api: { forwardAuth: "http://auth:8080/check?x=y" }')],
  ['an API that is closed', add('api: {}')],
  ['limits', add('limits: { node: { memory: 512 }, public: { average: 10 } }')],
  [
    'a client with addresses of its own',
    add(`api: { clients: { ehr: { keys: [${ED25519}, ${ECDSA_256}], addresses: [192.0.2.1] } } }`),
  ],
  [
    'a client behind another guard',
    add(`api: { forwardAuth: "https://auth.nl", clients: { ehr: { keys: [${ED25519}] } } }`),
  ],
  ['administration', add('api: { addresses: [192.0.2.1], administration: { addresses: [192.0.2.2] } }')],
  ['administration that is closed', add('api: { addresses: [192.0.2.1], administration: {} }')],
  ['an image', add('image: nutsfoundation/nuts-node:6.2.9')],
  ['its own SQL database', add('sql: { type: postgres, memory: 512 }')],
  ['a given SQL database', add('sql: { type: given }')],
  ['its own Redis, said aloud', add('redis: { mode: dedicated }')],
  ['options', add('options: { goldenhammer.enabled: false, verbosity: debug, unknown.option: 1 }')],
])('%s is fine', (_, text) => {
  expect(tenantProblems(text)).toEqual([]);
});

type Row = [
  key: string,
  text: string,
  line: number,
  value: string | undefined,
  message: string,
  remedy: string,
];
const PRIVATE = '-----BEGIN OPENSSH PRIVATE KEY-----';
const client = (key: string) =>
  add(`api:\n  addresses: [10.0.0.1]\n  clients:\n    ehr:\n      keys:\n        - ${key}`);
// One row, one mistake.
// prettier-ignore
const table: Row[] = [
  ['id', without('id'), 1, undefined, 'is missing', 'add id: acme'],
  ['id', change('id: acme', 'id:'), 1, undefined, 'is missing', 'add id: acme'],
  ['id', change('id: acme', 'id: Acme_Care'), 1, '"Acme_Care"', 'lower-case', 'such as acme-care'],
  ['id', change('id: acme', 'id: nuts-acme'), 1, '"nuts-acme"', 'taken by other', 'rename'],
  ['state', add('state: activ'), 6, '"activ"', 'is not one of', 'did you mean active?'],
  ['removeData', add('removeData: acme'), 6, '"acme"', 'state: removed', 'take it out'],
  ['removeData', add('state: removed\nremoveData: beta'), 7, '"beta"', "not this tenant's id", 'removeData: acme'],
  ['removeData', add('state: removed\nremoveData: true'), 7, 'true', 'is not text', 'text'],
  ['release', without('release'), 1, undefined, 'is missing', 'v6, v5.4'],
  ['release', change('v6', '5.4'), 2, '5.4', 'is not one of', 'did you mean v5.4?'],
  ['release', change('v6', 'v6.2.10'), 2, '"v6.2.10"', 'is not one of', 'did you mean v6?'],
  ['url', without('url'), 1, undefined, 'is missing', 'add url: https://acme.care.internal'],
  ['url', change('https://acme', 'http://acme'), 3, '"http://acme.care.internal"', 'is not an https URL', 'https://'],
  ['url', change('internal', 'internal/nuts'), 3, '"https://acme.care.internal/nuts"', 'more than a host', 'write https://acme.care.internal'],
  ['url', change('internal', 'internal:444'), 3, '"https://acme.care.internal:444"', 'more than a host', 'write https://acme.care.internal'],
  ['url', change('internal', 'internal?x'), 3, '"https://acme.care.internal?x"', 'more than a host', 'write https://acme.care.internal'],
  ['url', change('https://acme', 'https://me:geheim@acme'), 3, '(hidden)', 'holds credentials', 'change the password'],
  ['url', change('acme.care.internal', '192.0.2.1'), 3, '"https://192.0.2.1"', 'is an IP address', 'https://'],
  ['url', change('acme.care.internal', 'acme.test'), 3, '"https://acme.test"', 'under .test', 'https://'],
  ['url', change('acme.care', 'beta.care'), 3, '"https://beta.care.internal"', "not the tenant's own", 'https://acme.care.internal'],
  ['url', change('acme.care', 'care'), 3, '"https://care.internal"', "not the tenant's own", 'https://acme.care.internal'],
  ['didMethods', without('didMethods'), 1, undefined, 'is missing', 'didMethods: [web]'],
  ['didMethods', change('[web]', '[]'), 4, undefined, 'is an empty list', 'at least one'],
  ['didMethods', change('[web]', '[web, web]'), 4, undefined, 'twice', 'once'],
  ['didMethods.0', change('[web]', '[wbe]'), 4, '"wbe"', 'is not one of: web, nuts', 'did you mean web?'],
  ['didMethods', change('[web]', 'web'), 4, '"web"', 'is not a list', 'a list'],
  ['didMethods', change('v6', 'v5.4'), 4, undefined, 'v5.4 does not know', 'didMethods: [nuts]'],
  ['cell', add('cell: amsterdam'), 6, '"amsterdam"', 'is not one of: local', 'local'],
  ['subnet', without('subnet'), 1, undefined, 'is missing', 'write subnet: 10.81.0.0/28'],
  ['subnet', change('0.16/28', '0.17/28'), 5, '"10.81.0.17/28"', 'is not the start', 'write 10.81.0.16/28'],
  ['subnet', change('0.16/28', '0.16/30'), 5, '"10.81.0.16/30"', 'prefix of /30', '/24 (large) to /29'],
  ['subnet', change('10.81', '10.99'), 5, '"10.99.0.16/28"', 'outside networks.tenants', 'subnet: 10.81.0.0/28'],
  ['generation', add('generation: 0'), 6, '0', 'is too small', 'use 1 or more'],
  ['limits.node.memory', add('limits: { node: { memory: 64 } }'), 6, '64', 'is too small', 'use 128 or more'],
  ['limits.redis.memory', add('limits: { redis: { memory: 128m } }'), 6, '"128m"', 'is not a number', 'number'],
  ['image', add('image: nuts'), 6, '"nuts"', 'has no tag', 'name a version'],
  ['api', add('api:'), 6, undefined, 'has no value', 'remove the key'],
  ['api.adresses', add('api: { adresses: [10.0.0.1] }'), 6, undefined, 'is not a key', 'did you mean addresses?'],
  ['api.addresses.1', add('api:\n  addresses:\n    - 10.0.0.1\n    - fe80::1'), 9, '"fe80::1"', 'is not an IPv4', 'write it like'],
  ['api.addresses.0', add('api: { addresses: [10.0.0.0/0] }'), 6, '"10.0.0.0/0"', 'nearly everyone', 'list the addresses'],
  ['api.forwardAuth', add('api: { forwardAuth: auth }'), 6, '"auth"', 'is not an https or http URL', 'https://'],
  ['api.clientCertificateAuthority', add('api: { clientCertificateAuthority: ca.pem }'), 6, '"ca.pem"', 'not made of certificates', 'BEGIN CERTIFICATE'],
  ['api.clientCertificateAuthority', add(`api:\n  clientCertificateAuthority: |\n${indented(CERTIFICATE + PRIVATE)}`), 7, '(hidden)', 'PRIVATE KEY', 'take it out'],
  ['api.clients', add(`api: { clients: { ehr: { keys: [${ED25519}] } } }`), 6, undefined, 'closed until a guard', 'api.addresses'],
  ['api.clients.his', add(`api:\n  clients:\n    ehr: { keys: [${ED25519}], addresses: [192.0.2.1] }\n    his: { keys: [${ECDSA_256}] }`), 9, undefined, 'those of client ehr only', 'api.addresses for all'],
  ['api.clients.EHR', add(`api: { addresses: [10.0.0.1], clients: { EHR: { keys: [${ED25519}] } } }`), 6, undefined, 'is not a name', 'such as ehr'],
  ['api.clients.ehr', add(`api: { addresses: [10.0.0.1], clients: { ehr: ${ED25519} } }`), 6, '(hidden)', 'is not a set of keys', 'a set of keys'],
  ['api.clients.ehr.keys', add('api: { addresses: [10.0.0.1], clients: { ehr: {} } }'), 6, undefined, 'is missing', 'add keys'],
  ['api.clients.ehr.keys', add('api: { addresses: [10.0.0.1], clients: { ehr: { keys: [] } } }'), 6, undefined, 'is an empty list', 'at least one'],
  ['api.clients.ehr.adresses', add(`api: { addresses: [10.0.0.1], clients: { ehr: { keys: [${ED25519}], adresses: [10.0.0.1] } } }`), 6, undefined, 'is not a key', 'did you mean addresses?'],
  ['api.clients.ehr.addresses.0', add(`api: { addresses: [10.0.0.1], clients: { ehr: { keys: [${ED25519}], addresses: [0.0.0.0/0] } } }`), 6, '"0.0.0.0/0"', 'nearly everyone', 'list the addresses'],
  ['api.clients.ehr.keys.0', client(`${ED25519} me@host`), 11, '(hidden)', 'has a comment', 'leave the comment out'],
  ['api.clients.ehr.keys.0', client(RSA_1024), 11, '(hidden)', 'RSA key of 1024 bits', 'ed25519'],
  ['api.clients.ehr.keys.0', client('|\n          -----BEGIN EC PRIVATE KEY-----\n          MHc'), 11, '(hidden)', 'is a private key', 'make a new pair'],
  ['api.clients.ehr.keys.1', client(`${ED25519}\n        - ${ED25519}`), 12, undefined, 'is there already', 'each key once'],
  ['api.clients.his.keys.0', add(`api:\n  addresses: [10.0.0.1]\n  clients:\n    ehr: { keys: [${ED25519}] }\n    his: { keys: [${ED25519}] }`), 10, undefined, 'the key of client ehr', 'client add acme his'],
  ['api.administration.forwardAuth', add('api: { administration: { forwardAuth: "https://a.nl/{{ env }}" } }'), 6, '"https://a.nl/{{ env }}"', 'is not an https or http URL', 'https://'],
  ['api.administration.clients', add('api: { administration: { clients: {} } }'), 6, undefined, 'is not a key', 'addresses'],
  ['limits.public.burst', add('limits: { public: { burst: 0 } }'), 6, '0', 'is too small', 'use 1 or more'],
  ['limits.api.rate', add('limits: { api: { rate: 3 } }'), 6, undefined, 'is not a key', 'average'],
  ['sql.type', add('sql: { type: postgresql }'), 6, '"postgresql"', 'is not one of', 'did you mean postgres?'],
  ['sql.connection', add('sql: { type: given, connection: "postgres://me:geheim@sql/nuts" }'), 6, undefined, 'is not a key', 'one of: type'],
  ['sql.memory', add('sql: { type: postgres, memory: 64 }'), 6, '64', 'is too small', 'use 128 or more'],
  ['sql', change('v6', 'v5.4').replace('[web]', '[nuts]') + 'sql: { type: sqlite }', 6, undefined, 'v5.4 has no SQL database', 'take sql out'],
  ['redis.mode', add('redis: { mode: shared }'), 6, '"shared"', 'the platform shares, and it has none', 'redis: { kind: own }'],
  ['redis.password', add('redis: { mode: dedicated, password: geheim }'), 6, undefined, 'is a secret', 'take it out'],
  ['options.http.log', add('options:\n  http.log: nothing'), 7, undefined, "can't be set", "tenant's api"],
  ['options.crypto.vault.token', add('options:\n  crypto.vault.token: hvs.abc'), 7, undefined, "can't be set", 'take it out'],
  ['options.goldenHammer.enabled', add('options:\n  goldenHammer.enabled: false'), 7, undefined, 'is not the name', 'did you mean goldenhammer.enabled?'],
  ['options.verbosity', add('options:\n  verbosity: [debug]'), 7, undefined, 'is not text, a number', 'text'],
];

test.each(table)('%s: %j', (key, text, line, value, message, remedy) => {
  const [problem, ...more] = tenantProblems(text);

  expect(more).toEqual([]);
  expect(problem).toMatchObject({
    file: 'tenants/acme.yaml',
    key,
    line,
    message: expect.stringContaining(message) as string,
    remedy: expect.stringContaining(remedy) as string,
  });
  expect(problem?.value).toBe(value);
});
