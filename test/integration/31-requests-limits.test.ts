import { createServer, type Server } from 'node:http';
import { createServer as createTcpServer, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { GRPC_PORT } from '../../lib/tenant/node-config/node-settings';
import { EchoTenant } from './support/echo-tenant';
import { eventually, PROXY_ADDRESS } from './support/platform';
import { raw, type RawAnswer, sendRaw } from './support/raw-request';

// The platform's own proxy, with routes as the library makes them for any tenant. Behind them is a stand-in that says what arrives.

const SUBJECT = '/internal/vdr/v2/subject';
const LOCAL = { addresses: [PROXY_ADDRESS] };

let echo: EchoTenant;
let other: EchoTenant;

beforeAll(async () => {
  echo = await EchoTenant.start('echo', 18_191);
  other = await EchoTenant.start('other', 18_192);
  await other.publish({});
}, 60_000);

afterAll(async () => {
  await echo.stop();
  await other.stop();
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
    const calls = [...six, ...six, ...six, ...six, ...six].map((n) =>
      echo.ask(SUBJECT, { headers: `X-Forwarded-For: 203.0.113.${n}\nX-Real-Ip: 203.0.113.${n}\n` }),
    );
    const found = await statuses(calls);
    expect(found).toContain(200);
    // On a slow machine some seconds pass meanwhile, each with a call that is fine.
    expect(found.filter((status) => status === 429).length).toBeGreaterThanOrEqual(15);
  });

  const slowly = (host: string) => (n: number) =>
    sendRaw(host, raw(`${host}:${n}`, '/iam/x?wait=3000', { headers: `X-Client-Ip: ${n}\n` }));

  it('more than so many are not in progress at once, however the host is written', async () => {
    expect(await statuses(six.map(slowly(echo.hosts.public)))).toEqual([200, 200, 429, 429, 429, 429]);
    expect((await echo.ask('/iam/x', { host: echo.hosts.public })).status).toBe(200);
  });

  it('another tenant is not refused meanwhile', async () => {
    const calls = six.map(slowly(echo.hosts.public));
    expect((await echo.ask('/iam/x', { host: other.hosts.public })).status).toBe(200);
    await Promise.all(calls);
  });

  it('an address has so many connections to the node-to-node port, and no more', async () => {
    const open = new Set<Socket>();
    const node = createTcpServer((socket) => {
      open.add(socket.on('error', () => socket.destroy()));
    });
    await new Promise<void>((resolve) => node.listen(GRPC_PORT, '127.0.0.1', resolve));
    await echo.publish({ didMethods: ['nuts'], limits: { nodeToNodeConnections: 3 } });
    // The handshake isn't answered, which keeps the connection open.
    const ends = six.map(() =>
      connectTls({ host: PROXY_ADDRESS, port: GRPC_PORT, servername: echo.hosts.nodeToNode }).on(
        'error',
        () => undefined,
      ),
    );
    try {
      const ended = () => ends.filter(({ destroyed }) => destroyed).length;
      await eventually(() => {
        expect({ arrived: open.size, ended: ended() }).toEqual({ arrived: 3, ended: 3 });
      }, 15);
    } finally {
      for (const socket of [...ends, ...open]) socket.destroy();
      await new Promise((resolve) => node.close(resolve));
    }
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
    expect((await echo.ask(SUBJECT, { headers: `${headers}Authorization: Bearer bad\n` })).status).toBe(403);
    const { status, echoed } = await echo.ask(SUBJECT, { headers: `${headers}Authorization: Bearer good\n` });
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
    const { status, echoed } = await echo.ask(SUBJECT, { headers: 'Authorization: Bearer good\n' });
    expect(status).toBe(500);
    expect(echoed).toBeUndefined();
  });
});
