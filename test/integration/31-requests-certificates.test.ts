import { connect, constants } from 'node:http2';
import { ClientAuthority, type Identity } from './support/client-certificates';
import { EchoTenant, echoOf } from './support/echo-tenant';
import { PROXY_ADDRESS } from './support/platform';
import { raw, sendRaw } from './support/raw-request';

// The platform's own proxy, with routes as the library makes them for any tenant. Behind them is a stand-in that says what arrives.

const SUBJECT = '/internal/vdr/v2/subject';
const LOCAL = { addresses: [PROXY_ADDRESS] };

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

  it.each(['', 'PEM', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'])(
    'lets nobody in when its authority is %j, which no configuration lets through',
    async (clientCertificateAuthority) => {
      await echo.publish({ api: { ...LOCAL, administration: { ...LOCAL, clientCertificateAuthority } } });
      const { admin, api } = echo.hosts;
      for (const [sni, shown] of [[admin, identity] as const, [admin] as const, [api] as const]) {
        const { status, body } = await sendRaw(sni, raw(admin, EVENTS), shown);
        expect(echoOf(body)).toBeUndefined();
        expect([0, 404, 421]).toContain(status);
      }
    },
  );

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
