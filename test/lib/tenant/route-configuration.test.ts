import { TenantHosts } from '../../../lib/names';
import { releaseProfile } from '../../../lib/tenant/node-config/environment';
import { routeConfiguration, type RouteSettings } from '../../../lib/tenant/route-configuration';
import { passThrough, route, type Routes } from '../support/traefik';

const SETTINGS: RouteSettings = {
  tenant: 'acme',
  publicHost: 'acme.care.nl',
  hosts: new TenantHosts('acme', 'care.nl'),
  address: '10.81.0.18',
  profile: releaseProfile('v6'),
  didMethods: ['web'],
  options: {},
  api: {},
};

function routes(settings: Partial<RouteSettings> = {}): Routes {
  return routeConfiguration({ ...SETTINGS, ...settings }) as unknown as Routes;
}

const PUBLIC = 'http://10.81.0.18:8080';
const INTERNAL = 'http://10.81.0.18:8081';

test.each(['/iam', '/iam/x/did.json', '/oauth2/acme/token', '/.well-known/did.json', '/statuslist/1'])(
  'v6 shows %s to everybody',
  (path) => {
    expect(route(routes(), 'acme.care.nl', path)?.to).toBe(PUBLIC);
  },
);

test.each([
  '/',
  '/internal/vdr/v2/subject',
  '/status',
  '/status/diagnostics',
  '/health',
  '/metrics',
  '/public',
  '/n2n',
  '/discovery',
  '/iamb',
  '/iam/../internal',
])('v6 with did:web routes nothing at %s, or to the public port only', (path) => {
  const answer = route(routes(), 'acme.care.nl', path);
  if (path.startsWith('/iam/')) expect(answer?.to).toBe(PUBLIC);
  else expect(answer).toBeUndefined();
});

test('did:nuts adds what its services need, a discovery server its own path', () => {
  expect(route(routes({ didMethods: ['web', 'nuts'] }), 'acme.care.nl', '/public/auth')?.to).toBe(PUBLIC);
  const server = routes({ options: { 'discovery.server.ids': 'homecare' } });
  expect(route(server, 'acme.care.nl', '/discovery/homecare')?.to).toBe(PUBLIC);
});

test('v5.4 shows its public path only', () => {
  const old = routes({ profile: releaseProfile('v5.4'), didMethods: ['nuts'] });
  expect(route(old, 'acme.care.nl', '/public/auth/v1')?.to).toBe(PUBLIC);
  for (const path of ['/internal/vdr/v1/did', '/n2n/auth', '/iam', '/status', '/metrics'])
    expect(route(old, 'acme.care.nl', path)).toBeUndefined();
});

test('what strangers may post is bounded', () => {
  expect(route(routes(), 'acme.care.nl', '/iam')?.guards).toEqual([
    { buffering: { maxRequestBodyBytes: 1_048_576, memRequestBodyBytes: 1_048_576 } },
  ]);
});

test('node-to-node traffic is passed through to the node, where did:nuts asks for it', () => {
  const [unguarded, guarded] = [
    routes({ didMethods: ['nuts'] }),
    routes({ didMethods: ['nuts'], nodeToNode: '10.81.0.19:8443' }),
  ];
  expect(passThrough(unguarded, 'grpc', 'nuts-acme.care.nl')).toEqual({
    to: '10.81.0.18:5555',
    guards: [],
    tls: { passthrough: true },
  });
  expect(passThrough(unguarded, 'https', 'nuts-acme.care.nl')).toBeUndefined();
  expect(passThrough(guarded, 'https', 'nuts-acme.care.nl')).toEqual({
    to: '10.81.0.19:8443',
    guards: [],
    tls: { passthrough: true },
  });
  expect(passThrough(guarded, 'grpc', 'acme.care.nl')).toBeUndefined();
  expect(routes({ nodeToNode: '10.81.0.19:8443' })).not.toHaveProperty('tcp');
});

describe('the API', () => {
  test.each([{}, { clients: { ehr: 'ssh-ed25519 AAAA' } }, { addresses: [] }])('is closed with %j', (api) => {
    const closed = routes({ api });
    expect(route(closed, 'api-acme.care.nl', '/internal/vdr/v2/subject')).toBeUndefined();
    expect(closed).not.toHaveProperty('tls');
  });

  test('has one host, and nothing but /internal there', () => {
    const open = routes({ api: { addresses: ['203.0.113.7'] } });
    expect(route(open, 'api-acme.care.nl', '/internal/vdr/v2/subject')?.to).toBe(INTERNAL);
    for (const path of ['/', '/internal', '/internals/x', '/status', '/metrics', '/health', '/iam'])
      expect(route(open, 'api-acme.care.nl', path)).toBeUndefined();
    for (const host of ['acme.care.nl', 'nuts-acme.care.nl', 'api-beta.care.nl'])
      expect(route(open, host, '/internal/vdr/v2/subject')).toBeUndefined();
  });

  test('asks every guard that was given', () => {
    const all = routes({
      api: {
        addresses: ['203.0.113.7'],
        forwardAuth: 'https://login.care.nl/verify',
        clientCertificateAuthority: 'PEM',
      },
    });
    const answer = route(all, 'api-acme.care.nl', '/internal/x');
    expect(answer?.guards).toEqual([
      { ipAllowList: { sourceRange: ['203.0.113.7'] } },
      { forwardAuth: { address: 'https://login.care.nl/verify' } },
    ]);
    expect(all.tls?.options[String(answer?.tls.options)]).toEqual({
      minVersion: 'VersionTLS12',
      sniStrict: true,
      clientAuth: { caFiles: ['PEM'], clientAuthType: 'RequireAndVerifyClientCert' },
    });
  });

  test('with client certificates alone is open, and guarded by TLS', () => {
    const answer = route(
      routes({ api: { clientCertificateAuthority: 'PEM' } }),
      'api-acme.care.nl',
      '/internal/x',
    );
    expect(answer).toMatchObject({ guards: [], tls: { options: 'acme-api' } });
  });
});

test('certificates come from the ACME authority where there is one', () => {
  const answer = route(routes({ certificateResolver: 'acme' }), 'acme.care.nl', '/iam');
  expect(answer?.tls).toEqual({ certResolver: 'acme' });
  expect(route(routes(), 'acme.care.nl', '/iam')?.tls).toEqual({});
});

test("every name in a tenant's routes begins with its id, so that files of two tenants never meet", () => {
  const { http, tcp, tls } = routes({
    didMethods: ['nuts'],
    api: { addresses: ['203.0.113.7'], clientCertificateAuthority: 'PEM' },
  });
  const names = [
    http.routers,
    http.services,
    http.middlewares,
    tcp?.routers,
    tcp?.services,
    tls?.options,
  ].flatMap((section) => Object.keys(section ?? {}));
  expect(names.filter((name) => !name.startsWith('acme-'))).toEqual([]);
});
