import { connect } from 'node:tls';
import { PROXY_ADDRESS } from './platform';
import type { Identity } from './client-certificates';

export interface RawAnswer {
  /** 0 where there was none. */
  readonly status: number;
  readonly body: string;
  /** Of the connection, such as an alert of TLS. */
  readonly error?: string;
}

/** Sends bytes as they are over TLS to the proxy: an HTTP library would mend what a test means to be wrong. */
export function sendRaw(sni: string, text: string, identity?: Identity): Promise<RawAnswer> {
  return new Promise((resolve) => {
    let answer = '';
    let problem: string | undefined;
    const socket = connect(
      // Which certificate the proxy shows is not what these tests are about.
      { host: PROXY_ADDRESS, port: 443, servername: sni, rejectUnauthorized: false, ...identity },
      () => void socket.write(text.replaceAll('\n', '\r\n')),
    );
    socket.setTimeout(10_000, () => socket.destroy(new Error('no answer')));
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')));
    socket.on('error', (error: Error) => {
      problem = error.message;
    });
    socket.on('close', () => {
      const [head = '', ...body] = answer.split('\r\n\r\n');
      resolve({
        status: Number(head.split(' ')[1] ?? 0),
        body: body.join('\r\n\r\n'),
        ...(problem !== undefined && { error: problem }),
      });
    });
  });
}

/** A request that ends its connection, so that its answer is whole when the connection is closed. */
export function raw(host: string, target: string, { method = 'GET', headers = '' } = {}): string {
  return `${method} ${target} HTTP/1.1\nHost: ${host}\nConnection: close\n${headers}\n`;
}
