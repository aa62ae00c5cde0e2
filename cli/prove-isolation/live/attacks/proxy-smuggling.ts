import { type Attempt, type AttackGroup, type Duel } from '../attack';
import { API_PATH, goodToken } from './api-token';
import { refused, served } from './proxy-answer';
import { rawRequest, request } from './raw-request';

/** A request on a path that is open and answered with a refusal, as bytes: `smuggled` is hidden in it. */
type Disguise = (host: string, smuggled: string) => string;

const OPEN = '/iam/nobody/did.json';
const CRLF = '\r\n';

const DISGUISES: Record<string, Disguise> = {
  'content length and chunks': (host, hidden) =>
    post(
      host,
      [`Content-Length: ${hidden.length + 5}`, 'Transfer-Encoding: chunked'],
      `0${CRLF}${CRLF}${hidden}`,
    ),
  'chunks and content length': (host, hidden) =>
    post(host, ['Transfer-Encoding: chunked', 'Content-Length: 4'], `0${CRLF}${CRLF}${hidden}`),
  'two content lengths': (host, hidden) =>
    post(host, ['Content-Length: 0', `Content-Length: ${hidden.length}`], hidden),
  'a list of content lengths': (host, hidden) => post(host, [`Content-Length: 0, ${hidden.length}`], hidden),
  'a signed content length': (host, hidden) => post(host, ['Content-Length: +0'], hidden),
  'a hexadecimal content length': (host, hidden) => post(host, ['Content-Length: 0x0'], hidden),
  'no content length': (host, hidden) => post(host, [], hidden),
  'an unknown transfer coding': (host, hidden) =>
    post(host, ['Transfer-Encoding: xchunked'], `0${CRLF}${CRLF}${hidden}`),
  'a list of transfer codings': (host, hidden) =>
    post(host, ['Transfer-Encoding: chunked, identity'], `0${CRLF}${CRLF}${hidden}`),
  'two transfer codings': (host, hidden) =>
    post(host, ['Transfer-Encoding: chunked', 'Transfer-Encoding: identity'], `0${CRLF}${CRLF}${hidden}`),
  'a space before the colon': (host, hidden) =>
    post(host, ['Transfer-Encoding : chunked', 'Content-Length: 0'], `0${CRLF}${CRLF}${hidden}`),
  'a tab in the transfer coding': (host, hidden) =>
    post(host, ['Transfer-Encoding:\tchunked\t', 'Content-Length: 4'], `0${CRLF}${CRLF}${hidden}`),
  'a folded header': (host, hidden) =>
    post(
      host,
      ['X-Folded: a', ' Transfer-Encoding: chunked', 'Content-Length: 0'],
      `0${CRLF}${CRLF}${hidden}`,
    ),
  'a folded transfer coding': (host, hidden) =>
    post(host, ['Transfer-Encoding:', ' chunked', 'Content-Length: 4'], `0${CRLF}${CRLF}${hidden}`),
  'an underscore for a hyphen': (host, hidden) =>
    post(host, ['Transfer_Encoding: chunked', 'Content-Length: 0'], `0${CRLF}${CRLF}${hidden}`),
  'a chunk size that overflows': (host, hidden) =>
    post(host, ['Transfer-Encoding: chunked'], `10000000000000000${CRLF}${hidden}`),
  'a chunk extension with a line end': (host, hidden) =>
    post(host, ['Transfer-Encoding: chunked'], `0;a=\n${CRLF}${CRLF}${hidden}`),
  'bare line feeds': (host, hidden) => `POST ${OPEN} HTTP/1.1\nHost: ${host}\nContent-Length: 0\n\n${hidden}`,
  'a carriage return in a header': (host, hidden) =>
    post(host, ['X-Bare: a\rTransfer-Encoding: chunked'], hidden),
  'a null in a header': (host, hidden) => post(host, ['X-Null: a\0b'], hidden),
  'an upgrade to clear-text HTTP/2': (host, hidden) =>
    post(
      host,
      ['Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA'],
      hidden,
    ),
  'an upgrade to a web socket': (host, hidden) =>
    post(host, ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 0'], hidden),
  'HTTP/1.0 with keep-alive': (host, hidden) =>
    `POST ${OPEN} HTTP/1.0${CRLF}Host: ${host}${CRLF}Connection: keep-alive${CRLF}Content-Length: 0${CRLF}${CRLF}${hidden}`,
  'HTTP/0.9': (_, hidden) => `GET ${API_PATH}${CRLF}${hidden}`,
  'a trailer': (host, hidden) =>
    post(host, ['Transfer-Encoding: chunked', 'Trailer: Host'], `0${CRLF}Host: evil${CRLF}${CRLF}${hidden}`),
  'an expectation': (host, hidden) => post(host, ['Expect: 100-continue', 'Content-Length: 0'], hidden),
};

/** Hides a request for what is closed inside one for what is open: the proxy and the node must agree on where a request ends. */
export const PROXY_SMUGGLING: AttackGroup = {
  name: 'proxy',
  harmless: false,

  controls: (duel) => [
    {
      id: 'pipelined',
      description: 'sending two requests for the API on one connection',
      run: async () => {
        const { api } = duel.to.hosts;
        const answer = await rawRequest(
          duel.surroundings.proxy,
          api,
          `${request(API_PATH, api, { Connection: 'keep-alive' })}${await hidden(duel, api)}`,
        );
        // The first has no token; the second is what a smuggled one would be.
        return served({ ...answer, statuses: answer.statuses.slice(1) });
      },
    },
  ],

  attacks: (duel) => Object.entries(DISGUISES).map(([what, disguise]) => attempt(duel, what, disguise)),
};

function attempt(duel: Duel, what: string, disguise: Disguise): Attempt {
  return {
    id: `smuggling ${what}`,
    description: `hiding a call of the API in a request to ${duel.to.publicHost}, by ${what}`,
    from: 'outside',
    run: async () => {
      const { publicHost } = duel.to;
      const bytes = disguise(publicHost, await hidden(duel, publicHost));
      return refused(await rawRequest(duel.surroundings.proxy, publicHost, bytes));
    },
  };
}

async function hidden({ to }: Duel, host: string): Promise<string> {
  return request(API_PATH, host, { Authorization: `Bearer ${await goodToken(to)}` });
}

function post(host: string, headers: readonly string[], body: string): string {
  return [`POST ${OPEN} HTTP/1.1`, `Host: ${host}`, ...headers, '', body].join(CRLF);
}
