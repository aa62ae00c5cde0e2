import { connect } from 'node:tls';
import { type Attempt, blocked, type Duel, notRun, succeeded, type Verdict } from '../attack';
import type { ProxyEndpoint } from '../surroundings';

/** TLS with names of hosts that there aren't: a proxy that shows any certificate then tells which hosts there are. */
export function unknownNames(duel: Duel): Attempt[] {
  const { proxy } = duel.surroundings;
  const names: [string, string][] = [
    ['no name', ''],
    ['a name that there is not', `nobody.example.org`],
    ['a name below another', `x.${duel.to.publicHost}`],
  ];
  return [proxy.httpsPort, proxy.grpcPort].flatMap((port) =>
    names.map(([what, serverName]): Attempt => ({
      id: `tls ${port} ${what}`,
      description: `TLS on port ${port} with ${what}, which must show no certificate`,
      from: 'outside',
      to: 'platform',
      run: () => handshake(proxy, port, serverName),
    })),
  );
}

function handshake(proxy: ProxyEndpoint, port: number, servername: string): Promise<Verdict> {
  return new Promise((resolve) => {
    const socket = connect({
      host: proxy.address,
      port,
      servername,
      // Whoever vouches for it: that there is one is what is asked.
      rejectUnauthorized: false,
      timeout: 5000,
    });
    const done = (verdict: Verdict) => {
      socket.destroy();
      resolve(verdict);
    };
    socket.once('secureConnect', () => {
      const names = Object.values(socket.getPeerCertificate().subject).join();
      done(succeeded(`the handshake went through, with the certificate of ${names}`));
    });
    socket.once('timeout', () => {
      done(notRun('no answer within 5 s'));
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      const message = error.message.replace(/^[0-9A-F]+:error:[0-9A-F]+:/, '').slice(0, 100);
      done(error.code === 'ECONNREFUSED' ? notRun(message) : blocked(message));
    });
    socket.once('close', () => {
      done(blocked('the proxy closed the connection'));
    });
  });
}
