import { connect, constants } from 'node:http2';
import { createServer, type Server } from 'node:http';
import { CLIENTS_MAY_NOT_SET } from '../../lib/tenant/request-guards';
import { ClientAuthority, type Identity } from './support/client-certificates';
import { EchoTenant, type Echoed, echoOf } from './support/echo-tenant';
import { PROXY_ADDRESS } from './support/platform';
import { raw, type RawAnswer, sendRaw } from './support/raw-request';

// The platform's own proxy, with routes as the library makes them for any tenant. Behind them is a stand-in that says what arrives.

const SUBJECT = '/internal/vdr/v2/subject';
const LOCAL = { addresses: [PROXY_ADDRESS, '127.0.0.1'] };

let echo: EchoTenant;
let other: EchoTenant;
let authority: ClientAuthority;
let identity: Identity;

beforeAll(async () => {
  authority = new ClientAuthority('clients of care');
  identity = authority.issue('ehr');
  echo = await EchoTenant.start('echo', 18_191);
  other = await EchoTenant.start('other', 18_192);
  await other.publish({ api: { clientCertificateAuthority: authority.certificate } });
}, 60_000);

afterAll(async () => {
  await echo.stop();
  await other.stop();
  authority.remove();
});

/** Asks at the API's host, or at another one. */
async function ask(
  target: string,
  { host = echo.hosts.api, method = 'GET', headers = '' } = {},
): Promise<RawAnswer & { echoed?: Echoed }> {
  const answer = await sendRaw(host, raw(host, target, { method, headers }));
  const echoed = echoOf(answer.body);
  return { ...answer, ...(echoed && { echoed }) };
}

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
    expect((await ask(target)).echoed?.url).toBe(SUBJECT);
  });

  it('keeps what DIDs need: an encoded colon, percent and hash', async () => {
    const path = '/internal/vdr/v2/did/did%3Aweb%3Acare.nl%253A8443%23key';
    expect((await ask(path)).echoed?.url).toBe(path);
  });

  // What administers is on a host of its own here, so that a way round the rule would arrive.
  it.each([
    '/internal/network/v1/events',
    '/internal//network/v1/events',
    '/internal/vdr/v2/../../network/v1/events',
    '/internal/vdr/v2/subject/%2e%2e/%2e%2e/%2e%2e/network/v1/events',
    '/internal/vdr/v2/subject/..%2f..%2f..%2fnetwork/v1/events',
    '/internal/vdr/v2/subject/..%5c..%5cnetwork',
    '/internal/vdr/v2/subject%00',
    '/internal/vdr/v2/did/x%3Fy',
    '/internal/vdr/v2/did/x%3By/z',
    '/internal/vdr/v2/subject/',
    '/internal/%6eetwork/v1/events',
    '/INTERNAL/network/v1/events',
    '/internal/vdr/V2/subject/x/service/y',
    'internal/network/v1/events',
    'https://evil.example.nl/internal/vdr/v2/subject',
    '/internal/vdr/v2/did/%',
    '*',
  ])('%s is refused', async (target) => {
    const { status, echoed } = await ask(target);
    expect([400, 404]).toContain(status);
    expect(echoed).toBeUndefined();
  });

  it.each(['HEAD', 'OPTIONS', 'PATCH', 'TRACE', 'CONNECT', 'PROPFIND', 'get', 'POST', 'DELETE'])(
    '%s is refused where nothing needs it',
    async (method) => {
      const { status, echoed } = await ask(SUBJECT, { method, headers: 'Content-Length: 0\n' });
      expect([400, 404, 405, 501]).toContain(status);
      expect(echoed).toBeUndefined();
    },
  );

  it('answers OPTIONS * itself', async () => {
    expect((await ask('*', { method: 'OPTIONS' })).echoed).toBeUndefined();
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
    ask(path, { host, headers: names.map((name) => `${name}: ${FORGED}\n`).join('') });
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
    const { echoed } = await ask(SUBJECT, {
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

describe('limits', () => {
  const TIGHT = {
    public: { average: 1000, burst: 1000, concurrent: 2 },
    api: { average: 1, burst: 4, concurrent: 64 },
  };
  const statuses = async (calls: Promise<RawAnswer>[]) =>
    (await Promise.all(calls)).map(({ status }) => status).sort();
  const six = [1, 2, 3, 4, 5, 6];

  it('an address that sends too much is refused, whatever address it says that it has', async () => {
    await echo.publish({ api: LOCAL, limits: TIGHT });
    const calls = [...six, ...six].map((n) =>
      ask(SUBJECT, { headers: `X-Forwarded-For: 203.0.113.${n}\nX-Real-Ip: 203.0.113.${n}\n` }),
    );
    const found = await statuses(calls);
    expect(found.filter((status) => status === 200).length).toBeLessThanOrEqual(5);
    expect(found.filter((status) => status === 429).length).toBeGreaterThanOrEqual(7);
  });

  const slowly = (host: string) => (n: number) =>
    sendRaw(host, raw(`${host}:${n}`, '/iam/x?wait=1500', { headers: `X-Client-Ip: ${n}\n` }));

  it('more than so many are not in progress at once, however the host is written', async () => {
    expect(await statuses(six.map(slowly(echo.hosts.public)))).toEqual([200, 200, 429, 429, 429, 429]);
    expect((await ask('/iam/x', { host: echo.hosts.public })).status).toBe(200);
  });

  it('another tenant is not refused meanwhile', async () => {
    const calls = six.map(slowly(echo.hosts.public));
    expect((await ask('/iam/x', { host: other.hosts.public })).status).toBe(200);
    await Promise.all(calls);
  });

  it('of Traefik’s own making would count each spelling of the host, so that this check can fail', async () => {
    const byHost = (yaml: string) =>
      yaml.replaceAll(/ +sourceCriterion:\n +requestHeaderName: X-Client-Ip\n/g, '');
    await echo.publish({ limits: TIGHT }, byHost);
    expect(await statuses(six.map(slowly(echo.hosts.public)))).toEqual([200, 200, 200, 200, 200, 200]);
  });
});

describe('a service that is asked about each request', () => {
  let service: Server;
  const asked: Record<string, string | string[] | undefined>[] = [];

  beforeAll(async () => {
    service = createServer((request, response) => {
      asked.push(request.headers);
      const welcome = request.headers.authorization === 'Bearer good';
      response.writeHead(welcome ? 200 : 403, { 'x-remote-user': 'of the service' }).end();
    });
    await new Promise<void>((resolve) => service.listen(18_193, '127.0.0.1', resolve));
    await echo.publish({ api: { forwardAuth: 'http://127.0.0.1:18193/verify' } });
  });

  afterAll(() => new Promise((resolve) => service.close(resolve)));

  it('lets pass whom it knows, and hears from the proxy, not from the client, who asks', async () => {
    const headers =
      'X-Forwarded-For: 6.6.6.6\nX-Forwarded-Uri: /harmless\nX-Forwarded-Host: other\nX-Original-Url: /harmless\n';
    expect((await ask(SUBJECT, { headers: `${headers}Authorization: Bearer bad\n` })).status).toBe(403);
    const { status, echoed } = await ask(SUBJECT, { headers: `${headers}Authorization: Bearer good\n` });
    expect(status).toBe(200);
    expect(echoed?.headers.map(([name]) => name.toLowerCase())).not.toContain('x-remote-user');
    expect(asked.at(-1)).toMatchObject({
      'x-forwarded-for': PROXY_ADDRESS,
      'x-forwarded-uri': SUBJECT,
      'x-forwarded-host': echo.hosts.api,
    });
    expect(asked.at(-1)).not.toHaveProperty('x-original-url');
  });

  it('that is down lets nobody pass', async () => {
    await echo.publish({ api: { forwardAuth: 'http://127.0.0.1:9/verify' } });
    const { status, echoed } = await ask(SUBJECT, { headers: 'Authorization: Bearer good\n' });
    expect(status).toBe(500);
    expect(echoed).toBeUndefined();
  });
});

describe('a host that demands client certificates', () => {
  const EVENTS = '/internal/network/v1/events';

  beforeAll(async () => {
    const administration = { clientCertificateAuthority: authority.certificate };
    await echo.publish({ api: { ...LOCAL, administration } });
  });

  it('shows the way to whoever has one', async () => {
    const { body } = await sendRaw(echo.hosts.admin, raw(echo.hosts.admin, EVENTS), identity);
    expect(echoOf(body)?.url).toBe(EVENTS);
  });

  it('ends the connection of whoever has none', async () => {
    const answer = await sendRaw(echo.hosts.admin, raw(echo.hosts.admin, EVENTS));
    expect(answer).toMatchObject({
      status: 0,
      error: expect.stringMatching(/certificate required/) as string,
    });
  });

  it.each([
    ['another host of the tenant', () => echo.hosts.api, () => echo.hosts.admin],
    ['its public host', () => echo.hosts.public, () => echo.hosts.admin],
    ['another tenant’s public host', () => other.hosts.public, () => echo.hosts.admin],
    ['the other tenant’s host, which demands one too', () => other.hosts.api, () => echo.hosts.admin],
    ['the first tenant’s host, in the other direction', () => echo.hosts.admin, () => other.hosts.api],
    ['itself, to a host that demands none', () => echo.hosts.admin, () => echo.hosts.api],
    ['the host with a port', () => echo.hosts.api, () => `${echo.hosts.admin}:443`],
    ['the host with a dot', () => echo.hosts.api, () => `${echo.hosts.admin}.`],
    ['the host in capitals', () => echo.hosts.api, () => echo.hosts.admin.toUpperCase()],
  ])('can’t be reached with TLS for %s', async (_, sni, host) => {
    for (const shown of [undefined, identity]) {
      const { status, body } = await sendRaw(sni(), raw(host(), SUBJECT), shown);
      expect(echoOf(body)).toBeUndefined();
      // 0: that host's TLS ends the connection already.
      expect([0, 404, 421]).toContain(status);
      if (shown === undefined && sni() !== other.hosts.api && sni() !== echo.hosts.admin)
        expect(status).toBe(421);
    }
  });

  it('can’t be reached over a connection of HTTP/2 that was made for another host', async () => {
    const plain = await sameConnection(echo.hosts.api, [echo.hosts.api, echo.hosts.admin, other.hosts.api]);
    expect(plain).toEqual([200, 421, 421]);
    const shown = await sameConnection(
      echo.hosts.admin,
      [echo.hosts.admin, echo.hosts.api, other.hosts.api],
      identity,
    );
    expect(shown).toEqual([200, 421, 421]);
  });

  it('would be open if its route lost its TLS, so that this check can fail', async () => {
    const administration = { clientCertificateAuthority: authority.certificate };
    await echo.publish({ api: { ...LOCAL, administration } }, (yaml) =>
      yaml.replace(/^ +options: echo-admin\n/m, ''),
    );
    const { body } = await sendRaw(echo.hosts.api, raw(echo.hosts.admin, EVENTS));
    expect(echoOf(body)?.url).toBe(EVENTS);
  });
});

/** The statuses of requests for several hosts over one connection of HTTP/2. */
async function sameConnection(sni: string, hosts: readonly string[], shown?: Identity): Promise<number[]> {
  const session = connect(`https://${PROXY_ADDRESS}`, {
    servername: sni,
    rejectUnauthorized: false,
    ...shown,
  });
  try {
    const found: number[] = [];
    for (const host of hosts)
      found.push(
        await new Promise<number>((resolve, reject) => {
          session.on('error', reject);
          const stream = session.request({ ':authority': host, ':path': SUBJECT });
          stream.on('error', reject);
          stream.on('response', (headers) => {
            resolve(Number(headers[constants.HTTP2_HEADER_STATUS]));
            stream.resume();
          });
        }),
      );
    return found;
  } finally {
    session.close();
  }
}
