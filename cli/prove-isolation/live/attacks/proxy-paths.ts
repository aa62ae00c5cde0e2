import { type Attempt, type AttackGroup, type Duel } from '../attack';
import { API_PATH, goodToken } from './api-token';
import { refused, served } from './proxy-answer';
import { rawRequest, request } from './raw-request';

const METADATA = '/.well-known/oauth-authorization-server';
// What a node or the proxy serves that isn't for the world.
const CLOSED = [
  API_PATH,
  '/internal',
  '/internal/',
  '/internal/network/v1/diagnostics/graph',
  '/status',
  '/status/diagnostics',
  '/health',
  '/metrics',
  '/debug/pprof/',
  '/api/rawdata',
  '/api/http/routers',
  '/dashboard/',
  '/ping',
  '/n2n/',
  '/',
  '*',
];

/** Comes from outside with a token that is good, and tries to get to what is closed on a public host, by every way to write its path. */
export const PROXY_PATHS: AttackGroup = {
  name: 'proxy',
  harmless: false,

  controls: (duel) => [
    {
      id: 'api',
      description: 'calling the API at its own host',
      run: async () => {
        const { api } = duel.to.hosts;
        return served(await ask(duel, api, API_PATH));
      },
    },
  ],

  attacks: (duel) => {
    const { publicHost, hosts } = duel.to;
    return [
      ...CLOSED.map((path) => attempt(duel, publicHost, path)),
      ...['/status', '/status/diagnostics', '/health', '/metrics', METADATA, '/iam/x/did.json', '/'].map(
        (path) => attempt(duel, hosts.api, path),
      ),
      ...[API_PATH, '/status/diagnostics', '/metrics'].flatMap((path) =>
        notations(path).map((written) => attempt(duel, publicHost, written)),
      ),
      ...['/status/diagnostics', '/metrics'].flatMap((path) =>
        notations(path, '/internal').map((written) => attempt(duel, hosts.api, written)),
      ),
      ...['http', 'https', 'ws'].map((scheme) =>
        attempt(duel, publicHost, `${scheme}://${publicHost}${API_PATH}`),
      ),
      attempt(duel, publicHost, API_PATH.slice(1)),
      attempt(duel, publicHost, `\\${API_PATH}`),
      attempt(duel, publicHost, `${publicHost}:443`, 'CONNECT'),
      attempt(duel, publicHost, API_PATH, 'TRACE'),
      attempt(duel, publicHost, `${API_PATH} HTTP/1.1\r\nX:`),
      attempt(duel, publicHost, `/${'a/../'.repeat(2000)}internal/vdr/v2/subject`),
    ];
  },
};

/** Ways to write a path so that who matches it and who serves it might read different things. */
function notations(path: string, open = '/iam'): string[] {
  const rest = path.slice(1);
  const encoded = `%${rest.charCodeAt(0).toString(16)}${rest.slice(1)}`;
  return [
    `${open}/..${path}`,
    `${open}/.%2e${path}`,
    `${open}/%2e%2e${path}`,
    `${open}/%252e%252e${path}`,
    `${open}/x/../..${path}`,
    `${open}/./..${path}`,
    `${open}//..${path}`,
    `${open}/..%2f${rest}`,
    `${open}/..%5c${rest}`,
    `${open}/..%252f${rest}`,
    `${open}/..;${path}`,
    `${open};/..${path}`,
    `${open}/%00/..${path}`,
    `${open}/..${path}?x=/`,
    `${open}?/..${path}`,
    `${open}#/..${path}`,
    `${open}/..\\${rest}`,
    `/${path}`,
    `//${path}`,
    `/.${path}`,
    `/${encoded}`,
    `/%2f${rest}`,
    `${path}%00`,
    `${path}%20`,
    `${path};x=y`,
    `${path}/.`,
    `${path}%2f`,
    path.toUpperCase(),
  ];
}

function attempt(duel: Duel, host: string, target: string, method = 'GET'): Attempt {
  const written = target.length > 80 ? `${target.slice(0, 40)}… (${target.length} characters)` : target;
  const shown = JSON.stringify(written).slice(1, -1);
  return {
    id: `${method} ${host} ${shown}`,
    description: `${method} ${shown} at ${host}, with a good token`,
    from: 'outside',
    run: async () => refused(await ask(duel, host, target, method)),
  };
}

async function ask({ surroundings, to }: Duel, host: string, target: string, method = 'GET') {
  const headers = { Authorization: `Bearer ${await goodToken(to)}` };
  return rawRequest(surroundings.proxy, host, request(target, host, headers, method));
}
