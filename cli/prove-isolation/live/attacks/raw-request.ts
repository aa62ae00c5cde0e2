import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from 'node:tls';
import type { ProxyEndpoint } from '../surroundings';

/** What the proxy did with a connection. */
export interface RawAnswer {
  /** Of each response on it, in order. */
  readonly statuses: readonly number[];
  readonly text: string;
  /** Why there was no connection, or how it ended. */
  readonly error?: string;
}

const SILENCE_MS = 2000;
const LIMIT_MS = 10_000;

const TOO_MANY = 429;
const PATIENCE = 10;

/** Sends bytes as they are over TLS, and reads until the proxy has nothing more to say. What was only too much at once is sent again. */
export async function rawRequest(
  proxy: ProxyEndpoint,
  serverName: string,
  bytes: string,
  port = proxy.httpsPort,
): Promise<RawAnswer> {
  for (let left = PATIENCE; ; left--) {
    const answer = await sendOnce(proxy, serverName, bytes, port);
    if (left === 0 || !answer.statuses.includes(TOO_MANY)) return answer;
    await sleep(1000);
  }
}

function sendOnce(proxy: ProxyEndpoint, serverName: string, bytes: string, port: number): Promise<RawAnswer> {
  return new Promise((resolve) => {
    let text = '';
    let error: string | undefined;
    const socket = connect({
      host: proxy.address,
      port,
      servername: serverName,
      ...(proxy.authority && { ca: proxy.authority }),
    });
    const limit = setTimeout(() => socket.destroy(), LIMIT_MS);
    socket.setTimeout(SILENCE_MS, () => socket.destroy());
    socket.once('secureConnect', () => socket.write(bytes, 'latin1'));
    socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
    socket.once('error', (cause: NodeJS.ErrnoException) => (error = cause.message));
    socket.once('close', () => {
      clearTimeout(limit);
      // Not only at the start of a line: a body that ends without one is followed by the next response.
      const statuses = [...text.matchAll(/HTTP\/1\.[01] (\d{3}) /g)].map(([, status]) => Number(status));
      resolve({ statuses, text, ...(error !== undefined && { error }) });
    });
  });
}

/** A request as it should be, of which attackers change one thing. */
export function request(
  target: string,
  host: string,
  headers: Readonly<Record<string, string>> = {},
  method = 'GET',
): string {
  const lines = Object.entries({ Host: host, Connection: 'close', ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  return [`${method} ${target} HTTP/1.1`, ...lines, '', ''].join('\r\n');
}
