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
  limits: {},
};

const EVERY_GUARD = {
  addresses: ['203.0.113.7'],
  clientCertificateAuthority: 'PEM',
  forwardAuth: 'https://login.care.nl/verify',
};

function routes(settings: Partial<RouteSettings> = {}): Routes {
  return routeConfiguration({ ...SETTINGS, ...settings }) as unknown as Routes;
}

const PUBLIC = 'http://10.81.0.18:8080';

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
  expect(route(routes(), 'acme.care.nl', '/iam')?.guards).toContainEqual({
    buffering: { maxRequestBodyBytes: 1_048_576, memRequestBodyBytes: 1_048_576 },
  });
});

test('node-to-node traffic is passed through to the node, where did:nuts asks for it', () => {
  const [unguarded, guarded] = [
    routes({ didMethods: ['nuts'] }),
    routes({ didMethods: ['nuts'], nodeToNode: '10.81.0.19:8443' }),
  ];
  expect(passThrough(unguarded, 'grpc', 'nuts-acme.care.nl')).toEqual({
    to: '10.81.0.18:5555',
    guards: [{ inFlightConn: { amount: 16 } }],
    tls: { passthrough: true },
  });
  expect(passThrough(unguarded, 'https', 'nuts-acme.care.nl')).toBeUndefined();
  expect(passThrough(guarded, 'https', 'nuts-acme.care.nl')).toEqual({
    to: '10.81.0.19:8443',
    guards: [{ inFlightConn: { amount: 16 } }],
    tls: { passthrough: true },
  });
  expect(passThrough(guarded, 'grpc', 'acme.care.nl')).toBeUndefined();
  expect(routes({ nodeToNode: '10.81.0.19:8443' })).not.toHaveProperty('tcp');
});

test('certificates come from the ACME authority where there is one', () => {
  const answer = route(routes({ certificateResolver: 'acme' }), 'acme.care.nl', '/iam');
  expect(answer?.tls).toEqual({ certResolver: 'acme' });
  expect(route(routes(), 'acme.care.nl', '/iam')?.tls).toEqual({});
});

test("every name in a tenant's routes begins with its id, so that files of two tenants never meet", () => {
  const { http, tcp, tls } = routes({
    didMethods: ['nuts'],
    profile: releaseProfile('v5.4'),
    api: { ...EVERY_GUARD, administration: EVERY_GUARD },
  });
  const names = [
    http.routers,
    http.services,
    http.middlewares,
    tcp?.routers,
    tcp?.services,
    tcp?.middlewares,
    tls?.options,
  ].flatMap((section) => Object.keys(section ?? {}));
  expect(names.filter((name) => !name.startsWith('acme-'))).toEqual([]);
  // Else the part of one tenant would be a part of another whose id is longer by what comes before the tail.
  const parts = [...new Set(names.map((name) => name.slice('acme-'.length)))];
  expect(parts.filter((part) => parts.some((other) => other.endsWith(`-${part}`)))).toEqual([]);
});
