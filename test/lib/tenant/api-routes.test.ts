import { TenantHosts } from '../../../lib/names';
import { releaseProfile } from '../../../lib/tenant/node-config/environment';
import { CLIENTS_MAY_NOT_SET } from '../../../lib/tenant/request-guards';
import { routeConfiguration, type RouteSettings } from '../../../lib/tenant/route-configuration';
import { type Answer, route, type Routes } from '../support/traefik';

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
const ADDRESSES = { addresses: ['203.0.113.7'] };
const SUBJECT = '/internal/vdr/v2/subject';
const INTERNAL = 'http://10.81.0.18:8081';

function routes(api: RouteSettings['api'], settings: Partial<RouteSettings> = {}): Routes {
  return routeConfiguration({ ...SETTINGS, ...settings, api }) as unknown as Routes;
}

const atApi = (api: RouteSettings['api'], path = SUBJECT, method = 'GET') =>
  route(routes(api), 'api-acme.care.nl', path, method);
const atAdmin = (api: RouteSettings['api'], path = SUBJECT, method = 'GET') =>
  route(routes(api), 'admin-acme.care.nl', path, method);
const kinds = (answer: Answer | undefined) => answer?.guards.flatMap((guard) => Object.keys(guard));

test.each([
  {},
  { clients: { ehr: { keys: ['ssh-ed25519 AAAA'] } } },
  { addresses: [] },
  { administration: ADDRESSES },
])('is closed with %j', (api) => {
  expect(atApi(api)).toBeUndefined();
});

test('has one host, and nothing but /internal there', () => {
  const open = routes(ADDRESSES);
  expect(route(open, 'api-acme.care.nl', SUBJECT)?.to).toBe(INTERNAL);
  for (const path of [
    '/',
    '/internal',
    '/internals/x',
    '/Internal/x',
    '/status',
    '/metrics',
    '/health',
    '/iam',
  ])
    expect(route(open, 'api-acme.care.nl', path)).toBeUndefined();
  for (const host of ['acme.care.nl', 'nuts-acme.care.nl', 'api-beta.care.nl', 'admin-acme.care.nl'])
    expect(route(open, host, SUBJECT)).toBeUndefined();
});

test.each(['HEAD', 'OPTIONS', 'PATCH', 'TRACE', 'CONNECT', 'get'])('has no use for %s', (method) => {
  expect(atApi(ADDRESSES, SUBJECT, method)).toBeUndefined();
  expect(atAdmin({ administration: ADDRESSES }, SUBJECT, method)).toBeUndefined();
});

test('asks every guard that was given, in an order in which strangers cost least', () => {
  const all = routes({
    ...ADDRESSES,
    forwardAuth: 'https://login.care.nl/verify',
    clientCertificateAuthority: 'PEM',
    clients: { ehr: { keys: [], addresses: ['203.0.113.8'] } },
  });
  const answer = route(all, 'api-acme.care.nl', '/internal/x');
  expect(kinds(answer)).toEqual(['ipAllowList', 'rateLimit', 'headers', 'inFlightReq', 'forwardAuth']);
  expect(answer?.guards[0]).toEqual({ ipAllowList: { sourceRange: ['203.0.113.7', '203.0.113.8'] } });
  expect(answer?.guards[4]).toMatchObject({
    forwardAuth: { address: 'https://login.care.nl/verify', trustForwardHeader: false },
  });
  expect(all.tls?.options[String(answer?.tls.options)]).toEqual({
    minVersion: 'VersionTLS12',
    sniStrict: true,
    clientAuth: { caFiles: ['PEM'], clientAuthType: 'RequireAndVerifyClientCert' },
  });
});

test('with client certificates alone is open, and guarded by TLS', () => {
  const answer = atApi({ clientCertificateAuthority: 'PEM' });
  expect(kinds(answer)).toEqual(['rateLimit', 'headers', 'inFlightReq']);
  expect(answer?.tls).toEqual({ options: 'acme-api' });
});

test('counts what is in progress by a header that clients can not set, since they can vary the host', () => {
  const guards = Object.assign({}, ...(atApi(ADDRESSES)?.guards ?? [])) as {
    headers: { customRequestHeaders: Record<string, string> };
    inFlightReq: { amount: number; sourceCriterion: { requestHeaderName: string } };
    rateLimit: unknown;
  };
  expect(guards.inFlightReq.amount).toBe(64);
  expect(guards.headers.customRequestHeaders[guards.inFlightReq.sourceCriterion.requestHeaderName]).toBe('');
  expect(guards.rateLimit).toEqual({
    average: 100,
    burst: 200,
    period: '1s',
    sourceCriterion: { ipStrategy: { depth: 0 } },
  });
  expect(Object.keys(guards.headers.customRequestHeaders)).toEqual([...CLIENTS_MAY_NOT_SET]);
});

test('takes as much as its limits say', () => {
  const limits = {
    public: { average: 1, burst: 2, concurrent: 3 },
    api: { average: 4, burst: 5, concurrent: 6 },
  };
  const limited = routes(ADDRESSES, { limits });
  for (const [host, path, limit] of [
    ['acme.care.nl', '/iam', limits.public],
    ['api-acme.care.nl', SUBJECT, limits.api],
  ] as const) {
    const guards = route(limited, host, path)?.guards ?? [];
    expect(guards).toContainEqual({
      rateLimit: expect.objectContaining({ average: limit.average, burst: limit.burst }) as object,
    });
    expect(guards).toContainEqual({
      inFlightReq: expect.objectContaining({ amount: limit.concurrent }) as object,
    });
  }
});

describe('administration with guards of its own', () => {
  const api = { ...ADDRESSES, administration: { clientCertificateAuthority: 'PEM' } };

  test.each([
    ['GET', SUBJECT],
    ['GET', `${SUBJECT}/care/service`],
    ['POST', '/internal/vcr/v2/issuer/vc'],
    ['DELETE', '/internal/vcr/v2/issuer/vc/did%3Anuts%3Ax%23y'],
    ['POST', '/internal/auth/v2/care/request-service-access-token'],
  ])('leaves %s %s on the host of the API', (method, path) => {
    expect(atApi(api, path, method)?.to).toBe(INTERNAL);
    expect(atAdmin(api, path, method)?.to).toBe(INTERNAL);
  });

  test.each([
    ['POST', SUBJECT],
    ['DELETE', `${SUBJECT}/care`],
    ['GET', `${SUBJECT}/`],
    ['GET', '/internal/network/v1/events'],
    ['POST', '/internal/vdr/v1/did'],
    ['POST', '/internal/crypto/v1/sign_jws'],
    ['POST', '/internal/vcr/v2/verifier/trust'],
    ['GET', '/internal/what/comes/next'],
    ['GET', '/internal/vdr/v2/subject/care/service/x/..'],
  ])('has %s %s on its own host only', (method, path) => {
    expect(atApi(api, path, method)).toBeUndefined();
    expect(atAdmin(api, path, method)?.to).toBe(INTERNAL);
  });

  test('asks its own guards, and its host alone has their TLS', () => {
    const answer = atAdmin(api);
    expect(kinds(answer)).toEqual(['rateLimit', 'headers', 'inFlightReq']);
    expect(answer?.tls).toEqual({ options: 'acme-admin' });
    expect(atApi(api)?.tls).toEqual({});
    expect(kinds(atAdmin({ administration: { ...ADDRESSES, forwardAuth: 'https://a.nl' } }))).toEqual([
      'ipAllowList',
      'rateLimit',
      'headers',
      'inFlightReq',
      'forwardAuth',
    ]);
  });

  test('without a guard is closed, on both hosts', () => {
    const closed = { ...ADDRESSES, administration: {} };
    expect(atAdmin(closed)).toBeUndefined();
    expect(atApi(closed, SUBJECT, 'POST')).toBeUndefined();
    expect(atApi(closed)?.to).toBe(INTERNAL);
  });

  test('can be open where the API is closed', () => {
    const only = { administration: ADDRESSES };
    expect(atApi(only)).toBeUndefined();
    expect(atAdmin(only)?.to).toBe(INTERNAL);
  });
});
