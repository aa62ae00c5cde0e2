import { type Attempt, type AttackGroup, type Duel, notRun, blocked, succeeded } from '../attack';
import { API_PATH, goodToken } from './api-token';
import { refused, served } from './proxy-answer';
import { rawRequest, request } from './raw-request';
import { runIn } from './in-container';

/** Headers by which a proxy might believe that a call is another one, or from somebody else. */
const CERTIFICATE = 'MIIBszCCAVmgAwIBAgIUZm9yZ2Vk';

/** Comes with headers that only the proxy itself may set. */
export const PROXY_HEADERS: AttackGroup = {
  name: 'proxy',
  harmless: false,

  controls: (duel) => [
    {
      id: 'api',
      description: 'calling the API from an address that may',
      run: async () => {
        const { api } = duel.to.hosts;
        const headers = { Authorization: `Bearer ${await goodToken(duel.to)}` };
        return served(await rawRequest(duel.surroundings.proxy, api, request(API_PATH, api, headers)));
      },
    },
    {
      id: 'reach',
      description: 'reaching the proxy from inside a tenant, from an address that may not use the API',
      run: async () => {
        const { status } = await fromInside(
          duel,
          duel.to.publicHost,
          '/.well-known/oauth-authorization-server',
          [],
        );
        return status === 0 ? blocked('no answer') : succeeded(`answered ${status}`);
      },
    },
  ],

  attacks: (duel) => [
    ...rewriting(duel.to.hosts.api).map(([name, value]) => overridden(duel, name, value)),
    fromOtherAddress(duel, []),
    ...allowedAddress(duel).map((header) => fromOtherAddress(duel, [header])),
    oversized(duel, 'one header of 2 MiB', { 'X-Long': 'a'.repeat(2 * 1024 * 1024) }),
    oversized(
      duel,
      '20 000 headers',
      Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`X-${index}`, 'a'.repeat(60)])),
    ),
  ],
};

function rewriting(api: string): [string, string][] {
  return [
    ['X-Original-URL', API_PATH],
    ['X-Rewrite-URL', API_PATH],
    ['X-Forwarded-Uri', API_PATH],
    ['X-Forwarded-Prefix', '/internal'],
    ['X-Forwarded-Path', API_PATH],
    ['X-Forwarded-Host', api],
    ['X-Original-Host', api],
    ['X-Host', api],
    ['Forwarded', `host=${api};proto=https`],
    ['X-HTTP-Method-Override', 'DELETE'],
    ['X-HTTP-Method', 'DELETE'],
    ['X-Method-Override', 'DELETE'],
    ['X-SSL-CERT', CERTIFICATE],
    ['X-Forwarded-Tls-Client-Cert', CERTIFICATE],
    ['X-Client-Cert', CERTIFICATE],
    ['Connection', 'close, Authorization, X-Forwarded-For'],
  ];
}

function overridden(duel: Duel, name: string, value: string): Attempt {
  const host = duel.to.publicHost;
  return {
    id: `header ${name}`,
    description: `a request to ${host} that ${name} would make one of the API`,
    from: 'outside',
    run: async () => {
      const headers = { Authorization: `Bearer ${await goodToken(duel.to)}`, [name]: value };
      const bytes = request('/iam/nobody/did.json', host, headers, 'POST');
      return refused(await rawRequest(duel.surroundings.proxy, host, bytes));
    },
  };
}

/** Says that it comes from where calls may come from. */
function allowedAddress({ to }: Duel): string[] {
  const [address = ''] = to.tenant.api?.addresses ?? [];
  return [
    `X-Forwarded-For: ${address}`,
    `X-Forwarded-For: ${address}, ${address}`,
    `X_Forwarded_For: ${address}`,
    `X-Real-Ip: ${address}`,
    `Forwarded: for=${address}`,
    `X-Client-Ip: ${address}`,
    `True-Client-Ip: ${address}`,
    `X-Originating-Ip: ${address}`,
    `CF-Connecting-IP: ${address}`,
  ];
}

/** A call of the API with a good token, out of another tenant's node. */
function fromOtherAddress(duel: Duel, headers: readonly string[]): Attempt {
  const what = headers.length > 0 ? `, saying ${headers.join()}` : '';
  return {
    id: `address${what}`,
    description: `calling the API with a good token from an address that may not${what}`,
    run: async () => {
      const authorization = `Authorization: Bearer ${await goodToken(duel.to)}`;
      const { status } = await fromInside(duel, duel.to.hosts.api, API_PATH, [authorization, ...headers]);
      if (status === 0) return notRun('the proxy did not answer');
      return status === 403 ? blocked('answered 403') : succeeded(`answered ${status}`);
    },
  };
}

async function fromInside(
  { engine, from, surroundings: { proxy } }: Duel,
  host: string,
  path: string,
  headers: readonly string[],
): Promise<{ status: number }> {
  const { httpsPort: port, address } = proxy;
  // As a file, since a token on a command line is seen by all.
  const config = headers.map((header) => `header = "${header}"`).join('\n');
  const { output } = await runIn(
    engine,
    from.names.of('node'),
    [
      ...['curl', '-sS', '-k', '-o', '/dev/null', '-w', '%{http_code}', '--max-time', '5', '-K', '-'],
      ...['--resolve', `${host}:${port}:${address}`, `https://${host}:${port}${path}`],
    ],
    { input: config },
  );
  return { status: Number(output.slice(-3)) || 0 };
}

function oversized(duel: Duel, what: string, headers: Record<string, string>): Attempt {
  return {
    id: `oversized ${what}`,
    description: `a request to ${duel.to.publicHost} with ${what}, and a good one after it`,
    from: 'outside',
    run: async () => {
      const { proxy } = duel.surroundings;
      const { publicHost } = duel.to;
      const verdict = refused(
        await rawRequest(proxy, publicHost, request('/iam/nobody/did.json', publicHost, headers)),
      );
      const after = await rawRequest(proxy, publicHost, request('/iam/nobody/did.json', publicHost));
      return after.statuses.length === 0 ? succeeded('the proxy answers nobody any more') : verdict;
    },
  };
}
