import type { X509Certificate } from 'node:crypto';
import { connect } from 'node:tls';

const TIMEOUT = 10_000;

/** The certificate that a server shows for a name, whether it is any good or not. Nothing is sent: a server may ask for one in return. */
export function servedCertificate(
  host: string,
  port: number,
  servername: string,
): Promise<X509Certificate | undefined> {
  return new Promise((resolve) => {
    const socket = connect(
      { host, port, servername, rejectUnauthorized: false, ALPNProtocols: ['h2'] },
      () => {
        resolve(socket.getPeerX509Certificate());
        socket.destroy();
      },
    );
    socket.setTimeout(TIMEOUT, () => socket.destroy());
    socket.on('error', () => {
      resolve(undefined);
    });
    socket.on('close', () => {
      resolve(undefined);
    });
  });
}
