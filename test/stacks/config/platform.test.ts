import { load, platformProblems, PLATFORM, PRODUCTION } from './fixture';

function add(text: string): string {
  return PLATFORM + text;
}

test('a platform needs no more than an environment and a domain', () => {
  const { platform } = load({ 'platform.yaml': PLATFORM, 'tenants/': '' });

  expect(platform).toEqual({
    name: 'nuts',
    environment: 'development',
    egress: { allow: [] },
    domain: 'care.internal',
    networks: { edge: '10.80.0.0/29', vault: '10.80.1.0/24', tenants: '10.81.0.0/16' },
    proxy: {
      address: '10.80.0.1',
      httpsPort: 443,
      grpcPort: 5555,
      pingPort: 8079,
      tls: { issuer: 'platform-ca' },
    },
    vault: { kind: 'local', port: 8200, requestsPerSecond: 100 },
    network: { bootstrapNodes: [], denylist: true },
    health: { intervalSeconds: 10 },
    images: {},
    backend: { type: 'local' },
    guardrails: { acknowledge: [] },
  });
});

test.each([
  ['production', PRODUCTION],
  ['a proxy with its own address', add('proxy: { address: 192.0.2.10 }')],
  [
    'certificates in files',
    add('proxy: { tls: { issuer: files, certificates: [{ certFile: /a.pem, keyFile: /b.pem }] } }'),
  ],
  [
    'Vault without TLS in development',
    add(
      'vault: { kind: external, address: "http://vault:8200", clientAddresses: [10.0.0.1], namespace: care/nuts }',
    ),
  ],
  ['state in PostgreSQL', add('backend: { type: pg, schemaPrefix: care }')],
  [
    'state in S3',
    add('backend: { type: s3, bucket: care-state, region: eu-west-1, endpoint: "http://minio:9000" }'),
  ],
  ['state behind HTTP', add('backend: { type: http, address: "https://state.care.nl/nuts" }')],
  [
    'images',
    add(
      `images: { redis: 'redis:7', vault: 'registry:5000/vault:1.2', traefik: 'traefik@sha256:${'a1'.repeat(32)}' }`,
    ),
  ],
  ['bootstrap nodes', add('network: { bootstrapNodes: [nuts.care.nl:5555] }')],
])('%s is fine', (_, text) => {
  expect(platformProblems(text)).toEqual([]);
});

test('defaults of the chosen kind are filled in', () => {
  const { platform } = load({ 'platform.yaml': add('backend: { type: pg }'), 'tenants/': '' });

  expect(platform.backend).toEqual({ type: 'pg', schemaPrefix: 'nuts_saas' });
});

const production = (from: string, to: string): string => PRODUCTION.replace(from, to);

type Row = [
  key: string,
  text: string,
  line: number,
  value: string | undefined,
  message: string,
  remedy: string,
];
// One row, one mistake.
// prettier-ignore
const table: Row[] = [
  ['environment', 'domain: care.nl', 1, undefined, 'is missing', 'development, production'],
  ['environment', 'environment: prod\ndomain: care.nl', 1, '"prod"', 'is not one of', 'did you mean production?'],
  ['domain', 'environment: development', 1, undefined, 'is missing', 'add domain: saas.internal'],
  ['domain', 'environment: development\ndomain: care.local', 2, '"care.local"', 'under .local', '.'],
  ['domain', 'environment: development\ndomain: 7', 2, '7', 'is not text', 'put quotes around it'],
  ['name', add('name: Nuts'), 3, '"Nuts"', 'lower-case', 'such as nuts'],
  ['name', add('name: sys'), 3, '"sys"', 'Vault paths', 'such as nuts'],
  ['netwroks', add('netwroks: {}'), 3, undefined, 'is not a key', 'did you mean networks?'],
  ['zzz', add('zzz: 1'), 3, undefined, 'is not a key', 'use one of: name, environment'],
  ['networks.edge', add('networks:\n  edge: 10.80.0.1/29'), 4, '"10.80.0.1/29"', 'is not the start', 'write 10.80.0.0/29'],
  ['networks.edge', add('networks:\n  edge: edge'), 4, '"edge"', 'is not an IPv4 subnet', 'write it like'],
  ['networks.edge', add('networks:\n  edge: 10.80.0.0/31'), 4, '"10.80.0.0/31"', 'prefix of /31', 'from /8 (large) to /30'],
  ['networks.vault', add('networks:\n  vault: 10.80.0.0/24'), 4, '"10.80.0.0/24"', 'overlaps networks.edge', 'no address in common'],
  ['networks.tenants', add('networks: { edge: 10.90.0.0/29 , tenants: 10.80.0.0/16 }'), 3, '"10.80.0.0/16"', 'overlaps networks.vault', 'no address in common'],
  ['networks', add('networks:'), 3, undefined, 'has no value', 'or remove the key'],
  ['networks', add('networks: []'), 3, undefined, 'is not a set of keys', 'a set of keys'],
  ['proxy.address', add('proxy: { address: host }'), 3, '"host"', 'is not an IPv4 address', 'write it like'],
  ['proxy.httpsPort', add('proxy: { httpsPort: 0 }'), 3, '0', 'is too small', 'use 1 or more'],
  ['proxy.httpsPort', add('proxy: { httpsPort: 99999 }'), 3, '99999', 'is too large', 'use 65535 or less'],
  ['proxy.httpsPort', add('proxy: { httpsPort: 1.5 }'), 3, '1.5', 'is not a whole number', 'a whole number'],
  ['proxy.grpcPort', add('proxy: { grpcPort: 443 }'), 3, '443', 'is the port of proxy.httpsPort', 'its own port'],
  ['proxy.tls.issuer', add('proxy: { tls: { issuer: amce } }'), 3, '"amce"', 'is not one of', 'did you mean acme?'],
  ['proxy.tls.issuer', add('proxy: { tls: {} }'), 3, undefined, 'is missing', 'platform-ca, acme, files'],
  ['proxy.tls.email', add('proxy:\n  tls:\n    issuer: acme'), 4, undefined, 'is missing', 'add email:'],
  ['proxy.tls.email', add('proxy: { tls: { issuer: acme, email: me } }'), 3, '"me"', 'is not an e-mail', 'write it like'],
  ['proxy.tls.directory', add('proxy: { tls: { issuer: acme, email: a@b.nl, directory: "http://x.nl" } }'), 3, '"http://x.nl"', 'is not an https URL', 'https://'],
  ['proxy.tls.certificates', add('proxy: { tls: { issuer: files, certificates: [] } }'), 3, undefined, 'is an empty list', 'at least one'],
  ['proxy.tls.certificates.0.keyFile', add('proxy: { tls: { issuer: files, certificates: [{ certFile: /a, keyFile: b }] } }'), 3, '"b"', 'is not an absolute path', 'Docker host'],
  ['vault.kind', add('vault: { kind: extern }'), 3, '"extern"', 'is not one of', 'did you mean external?'],
  ['vault.address', add('vault: { kind: external, address: "https://v.nl/v1", clientAddresses: [10.0.0.1] }'), 3, '"https://v.nl/v1"', 'has a path', 'https://vault'],
  ['vault.clientAddresses', add('vault: { kind: external, address: "https://v.nl" }'), 3, undefined, 'is missing', 'add clientAddresses'],
  ['vault.clientAddresses.0', add('vault: { kind: external, address: "https://v.nl", clientAddresses: [0.0.0.0/0] }'), 3, '"0.0.0.0/0"', 'nearly everyone', 'list the addresses'],
  ['vault.token', add('vault: { kind: local, token: hvs.abc }'), 3, undefined, 'is a secret', 'VAULT_TOKEN'],
  ['network.bootstrapNodes.1', add('network:\n  bootstrapNodes:\n    - a.nl:5555\n    - a.nl'), 6, '"a.nl"', 'is not a host and a port', ':5555'],
  ['network.denylist', add('network: { denylist: no }'), 3, '"no"', 'is not true or false', 'true or false'],
  ['health.intervalSeconds', add('health: { intervalSeconds: 0 }'), 3, '0', 'is too small', 'use 1 or more'],
  ['images.redis', add('images: { redis: redis }'), 3, '"redis"', 'has no tag', 'name a version'],
  ['images.redis', add('images: { redis: "redis:latest" }'), 3, '"redis:latest"', 'newest', 'name a version'],
  ['images.redis', add('images: { redis: "Redis 7" }'), 3, '"Redis 7"', 'is not an image', 'write it like'],
  ['images.rediss', add('images: { rediss: "redis:7" }'), 3, undefined, 'is not a key', 'did you mean redis?'],
  ['backend.type', add('backend: { type: postgres }'), 3, '"postgres"', 'is not one of', 'local, pg, s3, http'],
  ['backend.connStr', add('backend:\n  type: pg\n  connStr: postgres://u:p@db/x'), 5, undefined, 'is a secret', 'PG_CONN_STR'],
  ['backend.password', add('backend: { type: http, address: "https://s.nl", password: x }'), 3, undefined, 'is a secret', 'TF_HTTP_PASSWORD'],
  ['backend.username', add('backend: { type: http, address: "https://s.nl", username: x }'), 3, undefined, 'a login', 'TF_HTTP_USERNAME'],
  ['backend.secret_key', add('backend: { type: s3, bucket: abc, region: x, secret_key: x }'), 3, undefined, 'is a secret', 'AWS_ACCESS_KEY_ID'],
  ['backend.address', add('backend: { type: http, address: "https://u:p@s.nl" }'), 3, '(hidden)', 'holds credentials', 'change the password'],
  ['cells', add('cells: {}'), 3, undefined, 'is not a key', 'use one of'],
  ['vault.kind', production(/vault: .*/.exec(PRODUCTION)?.[0] ?? '', ''), 1, undefined, 'not for production', 'kind: external'],
  ['vault.address', production('https://vault', 'http://vault'), 6, '"http://vault.care.nl:8200"', 'not for production', 'https://vault.care.nl:8200'],
  ['proxy.tls.issuer', production('  tls: { issuer: acme, email: operations@care.nl }\n', ''), 3, undefined, 'not for production', 'issuer: acme'],
  ['proxy.address', production('  address: 192.0.2.10\n', ''), 3, undefined, 'is missing', 'address: 192.0.2.10'],
  ['network.denylist', `${PRODUCTION}network: { denylist: false }`, 7, 'false', 'not for production', 'denylist: true'],
];

test.each(table)('%s: %j', (key, text, line, value, message, remedy) => {
  const [problem, ...more] = platformProblems(text);

  expect(more).toEqual([]);
  expect(problem).toMatchObject({
    file: 'platform.yaml',
    key,
    line,
    message: expect.stringContaining(message) as string,
    remedy: expect.stringContaining(remedy) as string,
  });
  expect(problem?.value).toBe(value);
});
