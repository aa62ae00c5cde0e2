import { CLIENTS_MAY_NOT_SET } from '../../lib/tenant/request-guards';
import { EchoTenant, type Echoed, echoOf } from './support/echo-tenant';
import { PROXY_ADDRESS } from './support/platform';
import { sendRaw } from './support/raw-request';

// The platform's own proxy, with routes as the library makes them for any tenant. Behind them is a stand-in that says what arrives.

const SUBJECT = '/internal/vdr/v2/subject';
const LOCAL = { addresses: [PROXY_ADDRESS] };

let echo: EchoTenant;

beforeAll(async () => {
  echo = await EchoTenant.start('echo', 18_191);
});

afterAll(() => echo.stop());

describe('a request can be read in one way only', () => {
  beforeAll(async () => {
    const limits = { api: { average: 1000, burst: 1000, concurrent: 64 } };
    await echo.publish({ api: { ...LOCAL, administration: LOCAL }, limits });
  });

  it.each([
    SUBJECT,
    '/internal//vdr/v2/subject',
    '//internal/vdr/v2/subject',
    '/internal/vdr/v2/./subject',
    '/internal/network/v1/../../vdr/v2/subject',
    '/internal/network/%2e%2E/vdr/v2/subject',
    '/%69nternal/vdr/v2/%73ubject',
    `https://api-echo.saas.internal${SUBJECT}`,
  ])('%s arrives as it was matched', async (target) => {
    expect((await echo.ask(target)).echoed?.url).toBe(SUBJECT);
  });

  it('keeps what DIDs need: an encoded colon, percent and hash', async () => {
    const path = '/internal/vdr/v2/did/did%3Aweb%3Acare.nl%253A8443%23key';
    expect((await echo.ask(path)).echoed?.url).toBe(path);
  });

  // What administers is on a host of its own here, so that a way round the rule would arrive.
  it.each([
    '/internal/network/v1/events',
    '/internal//network/v1/events',
    '/internal/vdr/v2/../../network/v1/events',
    '/internal/vdr/v2/subject/%2e%2e/%2e%2e/%2e%2e/network/v1/events',
    '/internal/vdr/v2/subject/..%2f..%2f..%2fnetwork%2fv1%2fevents',
    '/internal/vdr/v2/subject/..%5c..%5cnetwork',
    '/internal/vdr/v2/subject/x%00y',
    '/internal/vdr/v2/did/x%3Fy',
    '/internal/vdr/v2/did/x%3By',
    '/internal/vdr/v2/subject/',
    '/internal/%6eetwork/v1/events',
    '/INTERNAL/network/v1/events',
    '/internal/vdr/V2/subject/x/service/y',
    'internal/network/v1/events',
    'https://evil.example.nl/internal/vdr/v2/subject',
    '/internal/vdr/v2/did/%',
    '*',
  ])('%s is refused', async (target) => {
    const { status, echoed } = await echo.ask(target);
    expect([400, 404]).toContain(status);
    expect(echoed).toBeUndefined();
  });

  it.each(['HEAD', 'OPTIONS', 'PATCH', 'TRACE', 'CONNECT', 'PROPFIND', 'get', 'POST', 'DELETE'])(
    '%s is refused where nothing needs it',
    async (method) => {
      const { status, echoed } = await echo.ask(SUBJECT, { method, headers: 'Content-Length: 0\n' });
      expect([400, 404, 405, 501]).toContain(status);
      expect(echoed).toBeUndefined();
    },
  );

  it('answers OPTIONS * itself', async () => {
    expect((await echo.ask('*', { method: 'OPTIONS' })).echoed).toBeUndefined();
  });

  it.each([
    ['two hosts', `GET ${SUBJECT} HTTP/1.1\nHost: HOST\nHost: evil.example.nl\n\n`],
    ['no host', `GET ${SUBJECT} HTTP/1.1\n\n`],
    [
      'two lengths',
      'POST /internal/vcr/v2/search HTTP/1.1\nHost: HOST\nContent-Length: 5\nContent-Length: 6\n\nhello!',
    ],
    [
      'an unknown encoding',
      'POST /internal/vcr/v2/search HTTP/1.1\nHost: HOST\nTransfer-Encoding: xchunked\n\n0\n\n',
    ],
    [
      'a blank in a name',
      'POST /internal/vcr/v2/search HTTP/1.1\nHost: HOST\nTransfer-Encoding : chunked\n\n0\n\n',
    ],
    ['large headers', `GET ${SUBJECT} HTTP/1.1\nHost: HOST\nX-Large: ${'a'.repeat(40_000)}\n\n`],
    ['many headers', `GET ${SUBJECT} HTTP/1.1\nHost: HOST\n${'X-Many: a\n'.repeat(9_000)}\n`],
    ['a large path', `GET /internal/vdr/v2/did/${'a'.repeat(60_000)} HTTP/1.1\nHost: HOST\n\n`],
  ])('%s: refused', async (_, text) => {
    const { status, body } = await sendRaw(echo.hosts.api, text.replace('HOST', echo.hosts.api));
    expect([400, 431, 501]).toContain(status);
    expect(echoOf(body)).toBeUndefined();
  });

  it('passes on a length or an encoding, never both, so that no second request hides in the first', async () => {
    const hidden = `GET /internal/network/v1/events HTTP/1.1\nHost: ${echo.hosts.api}\nConnection: close\n\n`;
    const { body } = await sendRaw(
      echo.hosts.api,
      `POST /internal/vcr/v2/search HTTP/1.1\nHost: ${echo.hosts.api}\nTransfer-Encoding: chunked\nContent-Length: 5\n\n0\n\n${hidden}`,
    );
    expect(body.match(/echo \{/g)).toHaveLength(1);
    const names = echoOf(body)?.headers.map(([name]) => name.toLowerCase()) ?? [];
    expect(names.filter((name) => ['content-length', 'transfer-encoding'].includes(name))).toHaveLength(1);
    expect(body).toContain('404 page not found');
  });

  it('would pass on what administers without a host of its own for that, so that this check can fail', async () => {
    await echo.publish({ api: LOCAL });
    for (const target of ['/internal/network/v1/events', '/internal/vdr/v2/../../network/v1/events'])
      expect((await echo.ask(target)).echoed?.url).toBe('/internal/network/v1/events');
  });
});

describe('headers that clients may not set', () => {
  const FORGED = '6.6.6.6';
  const traefiks = ['For', 'Host', 'Proto', 'Port', 'Server', 'Uri', 'Method', 'Prefix'].map(
    (end) => `X-Forwarded-${end}`,
  );
  const aliases = [
    'X_Forwarded_For',
    'X.Forwarded.For',
    'X_SSL_CERT',
    'x-ssl-cert',
    'X_Http_Method_Override',
  ];
  const names = [...CLIENTS_MAY_NOT_SET, ...traefiks, 'X-Real-Ip', ...aliases];
  const forge = (host: string, path: string) =>
    echo.ask(path, { host, headers: names.map((name) => `${name}: ${FORGED}\n`).join('') });
  const arrived = (echoed?: Echoed) => echoed?.headers.filter(([, value]) => value.includes(FORGED));

  it.each(['public', 'api', 'admin'] as const)('do not arrive at the %s host', async (host) => {
    await echo.publish({ api: { ...LOCAL, administration: LOCAL } });
    const path = host === 'public' ? '/iam/x' : SUBJECT;
    const { status, echoed } = await forge(echo.hosts[host], path);
    expect({ status, arrived: arrived(echoed), method: echoed?.method }).toEqual({
      status: 200,
      arrived: [],
      method: 'GET',
    });
    expect(echoed?.headers).toContainEqual(['X-Forwarded-For', PROXY_ADDRESS]);
  });

  it('neither when Connection asks the proxy to drop those that replace them', async () => {
    const { echoed } = await echo.ask(SUBJECT, {
      headers: `X-Forwarded-For: ${FORGED}\nConnection: X-Forwarded-For, X-SSL-CERT\nX-SSL-CERT: ${FORGED}\n`,
    });
    expect(arrived(echoed)).toEqual([]);
  });

  it('arrive when the protection is taken out, so that this check can fail', async () => {
    const withoutCleaning = (yaml: string) => yaml.replaceAll(/^ +- echo-clean-headers\n/gm, '');
    await echo.publish({ api: LOCAL }, withoutCleaning);
    expect(arrived((await forge(echo.hosts.api, SUBJECT)).echoed)?.length).toBeGreaterThan(20);
  });
});
