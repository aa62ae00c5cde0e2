import { nodeEnvironment, releaseProfile } from '../../../../lib/tenant/node-config/environment';
import { DOCUMENTED_OPTIONS } from '../../../../lib/tenant/node-config/documented-options';
import { RELEASES, type NodeSettings, type Release } from '../../../../lib/tenant/node-config/node-settings';

const SETTINGS: NodeSettings = {
  url: 'https://acme.care.nl',
  didMethods: ['web', 'nuts'],
  audience: 'api-acme.care.nl',
  vaultAddress: 'unix:///run/vault/vault.sock',
  keysMount: 'nuts/acme',
  redisAddress: 'unix:///run/redis/redis.sock',
  redisDatabase: 'acme',
  certificateFile: '/run/nuts-certificate/node.pem',
  bootstrapNodes: ['nuts.care.nl:5555', 'nuts.zorg.nl:5555'],
  denylist: false,
  options: {},
};
const WEB_ONLY: NodeSettings = {
  ...SETTINGS,
  didMethods: ['web'],
  bootstrapNodes: [],
  denylist: true,
  certificateFile: '',
};

const COMMON = {
  NUTS_STRICTMODE: 'true',
  NUTS_LOGGERFORMAT: 'json',
  NUTS_VERBOSITY: 'info',
  NUTS_DATADIR: '/nuts/data',
  NUTS_CRYPTO_STORAGE: 'vaultkv',
  NUTS_CRYPTO_VAULT_ADDRESS: 'unix:///run/vault/vault.sock',
  NUTS_CRYPTO_VAULT_PATHPREFIX: 'nuts/acme',
  NUTS_STORAGE_REDIS_ADDRESS: 'unix:///run/redis/redis.sock',
  NUTS_STORAGE_REDIS_DATABASE: 'acme',
  NUTS_EVENTS_NATS_HOSTNAME: '127.0.0.1',
  NUTS_AUTH_CONTRACTVALIDATORS: 'employeeid',
};
const NETWORK = {
  NUTS_NETWORK_BOOTSTRAPNODES: 'nuts.care.nl:5555,nuts.zorg.nl:5555',
  NUTS_NETWORK_GRPCADDR: ':5555',
  NUTS_TLS_CERTFILE: '/run/nuts-certificate/node.pem',
  NUTS_TLS_CERTKEYFILE: '/run/nuts-certificate/node.pem',
  NUTS_TLS_TRUSTSTOREFILE: '/etc/nuts/platform-authority.pem',
  NUTS_PKI_DENYLIST_URL: '',
};
const V6_OWN = {
  NUTS_URL: 'https://acme.care.nl',
  NUTS_HTTP_PUBLIC_ADDRESS: ':8080',
  NUTS_HTTP_INTERNAL_ADDRESS: ':8081',
  NUTS_HTTP_INTERNAL_AUTH_TYPE: 'token_v2',
  NUTS_HTTP_INTERNAL_AUTH_AUDIENCE: 'api-acme.care.nl',
  NUTS_HTTP_INTERNAL_AUTH_AUTHORIZEDKEYSPATH: '/etc/nuts/authorized_keys',
  NUTS_STORAGE_SQL_CONNECTION: 'sqlite:file:/nuts/data/nuts.db?_pragma=foreign_keys(1)&journal_mode(WAL)',
  NUTS_STORAGE_SESSION_REDIS_ADDRESS: 'unix:///run/redis/redis.sock',
  NUTS_STORAGE_SESSION_REDIS_DATABASE: 'acme',
};

test('v6 with both DID methods', () => {
  expect(nodeEnvironment('v6', SETTINGS)).toEqual({
    ...COMMON,
    ...NETWORK,
    ...V6_OWN,
    NUTS_DIDMETHODS: 'web,nuts',
  });
});

test('v6 with did:web only: no certificate, no network of did:nuts, and the list of blocked certificates that it comes with', () => {
  expect(nodeEnvironment('v6', WEB_ONLY)).toEqual({ ...COMMON, ...V6_OWN, NUTS_DIDMETHODS: 'web' });
});

test('v5.4', () => {
  expect(nodeEnvironment('v5.4', { ...SETTINGS, didMethods: ['nuts'] })).toEqual({
    ...COMMON,
    ...NETWORK,
    NUTS_AUTH_PUBLICURL: 'https://acme.care.nl',
    NUTS_HTTP_DEFAULT_ADDRESS: ':1323',
    NUTS_HTTP_ALT_PUBLIC_ADDRESS: ':8080',
    NUTS_HTTP_ALT_INTERNAL_ADDRESS: ':8081',
    NUTS_HTTP_ALT_INTERNAL_AUTH_TYPE: 'token_v2',
    NUTS_HTTP_ALT_INTERNAL_AUTH_AUDIENCE: 'api-acme.care.nl',
    NUTS_HTTP_ALT_INTERNAL_AUTH_AUTHORIZEDKEYSPATH: '/etc/nuts/authorized_keys',
    NUTS_HTTP_ALT_N2N_ADDRESS: ':8443',
    NUTS_HTTP_ALT_N2N_TLS: 'server-client',
  });
});

// Not in the tables of the documentation, which lists flags; the node reads them from its configuration all the same.
const UNDOCUMENTED: Record<Release, Record<string, string>> = {
  v6: { 'pki.denylist.url': 'pki/config.go; an empty one switches the list off' },
  'v5.4': {
    'pki.denylist.url': 'pki/config.go; an empty one switches the list off',
    'http.alt.public.address':
      'http.alt.<group>.* takes the options of http.default.* (production-configuration.rst)',
    'http.alt.internal.address': 'as above',
    'http.alt.internal.auth.type': 'as above',
    'http.alt.internal.auth.audience': 'as above',
    'http.alt.internal.auth.authorizedkeyspath': 'as above',
    'http.alt.n2n.address': 'as above',
    'http.alt.n2n.tls': 'as above',
  },
};

test.each(RELEASES)('every option given to %s is one that it knows', (release) => {
  const given = Object.keys(releaseProfile(release).render(SETTINGS));
  const unknown = given.filter((option) => !DOCUMENTED_OPTIONS[release].includes(option));
  expect(unknown.sort()).toEqual(Object.keys(UNDOCUMENTED[release]).sort());
});

test("a tenant's own options are added, and go before the library's choice", () => {
  const environment = nodeEnvironment('v6', {
    ...WEB_ONLY,
    options: {
      verbosity: 'debug',
      'goldenhammer.enabled': false,
      'httpclient.timeout': 30,
      'auth.irma.schememanager': 'a,b',
    },
  });
  expect(environment).toMatchObject({
    NUTS_VERBOSITY: 'debug',
    NUTS_GOLDENHAMMER_ENABLED: 'false',
    NUTS_HTTPCLIENT_TIMEOUT: '30',
    NUTS_AUTH_IRMA_SCHEMEMANAGER: 'a\\,b',
  });
});

test('what is secret is in a file, and not in the environment, which would go before it', () => {
  const environment = nodeEnvironment('v6', {
    ...WEB_ONLY,
    secrets: { file: '/run/nuts-secrets/nuts.yaml', options: ['storage.sql.connection'] },
  });
  expect(environment).not.toHaveProperty('NUTS_STORAGE_SQL_CONNECTION');
  expect(environment.NUTS_CONFIGFILE).toBe('/run/nuts-secrets/nuts.yaml');
});

test('an option is text, and no template for Terraform to evaluate', () => {
  const environment = nodeEnvironment('v6', {
    ...WEB_ONLY,
    options: { 'tracing.servicename': '${file("/etc/shadow")}' },
  });
  expect(environment.NUTS_TRACING_SERVICENAME).toBe('$${file("/etc/shadow")}');
});

test.each([
  ['strictmode', 'strict mode'],
  ['strictmode.x', 'strict mode'],
  ['url', "set the tenant's url"],
  ['auth.publicurl', "set the tenant's url"],
  ['didmethods', 'didMethods'],
  ['datadir', 'backups'],
  ['configfile', 'the library writes'],
  ['cpuprofile', 'profile'],
  ['internalratelimiter', 'flooding'],
  ['http', "set the tenant's api"],
  ['http.internal.auth.type', "set the tenant's api"],
  ['http.alt.public.address', "set the tenant's api"],
  ['tls.offload', 'certificate'],
  ['crypto.vault.token', 'keys'],
  ['crypto', 'keys'],
  ['storage.redis.password', 'data'],
  ['events.nats.hostname', 'loopback'],
  ['network.grpcaddr', 'route'],
  ['network.enabletls', 'TLS'],
  ['network.disablenodeauthentication', 'TLS'],
  ['network.truststorefile', 'certificate'],
  ['network.bootstrapnodes', 'network.bootstrapNodes'],
  ['pki.denylist.url', 'network.denylist'],
  ['pki', 'group of options'],
  ['vcr', 'group of options'],
  ['tracing.insecure', 'encrypted'],
  ['some.token', 'secret'],
  ['a.password', 'secret'],
])('the option %s is refused', (key, reason) => {
  for (const release of RELEASES)
    expect(() => nodeEnvironment(release, { ...SETTINGS, options: { [key]: 'x' } })).toThrow(
      new RegExp(`^node option "${key}" can't be set: .*${reason}`),
    );
});
