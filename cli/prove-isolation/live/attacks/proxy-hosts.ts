import { connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:tls';
import {
  type Attempt,
  type AttackGroup,
  blocked,
  type Duel,
  notRun,
  succeeded,
  type Verdict,
} from '../attack';
import { API_PATH, goodToken } from './api-token';
import { refused, served } from './proxy-answer';
import { rawRequest, request } from './raw-request';
import { unknownNames } from './unknown-names';

/** Says one host in the TLS handshake and another in the request, or none, or one that there isn't. */
export const PROXY_HOSTS: AttackGroup = {
  name: 'proxy',
  harmless: false,

  controls: (duel) => [
    {
      id: 'own-api',
      description: 'calling its own API',
      run: async () => {
        const { api } = duel.from.hosts;
        return served(await say(duel, api, api));
      },
    },
    {
      id: 'node-to-node',
      description: 'meeting its own node at the node-to-node port',
      run: async () => {
        const { nodeToNode } = duel.from.hosts;
        const names = await certificateNames(duel, nodeToNode);
        return names.includes(nodeToNode)
          ? succeeded(names.join())
          : blocked(names.join() || 'no certificate');
      },
    },
  ],

  attacks: (duel) => {
    const { from, to } = duel;
    return [
      mismatch(duel, 'own API, other API', from.hosts.api, to.hosts.api),
      mismatch(duel, 'own public host, other API', from.publicHost, to.hosts.api),
      mismatch(duel, 'other public host, other API', to.publicHost, to.hosts.api),
      mismatch(duel, 'own API, other API with its port', from.hosts.api, `${to.hosts.api}:443`),
      mismatch(duel, 'own API, other API with a dot', from.hosts.api, `${to.hosts.api}.`),
      mismatch(duel, 'own API, other API in capitals', from.hosts.api, to.hosts.api.toUpperCase()),
      {
        id: 'hosts two of them',
        description: 'a request with two hosts, the own and the other API',
        run: async () => {
          const bytes = await withToken(duel, from.hosts.api, { 'X-A': `a\r\nHost: ${to.hosts.api}` });
          return refused(await rawRequest(duel.surroundings.proxy, from.hosts.api, bytes));
        },
      },
      {
        id: 'hosts absolute target',
        description: "a request whose target is at the other's API, and whose host is the own",
        run: async () => {
          const bytes = await withToken(duel, from.hosts.api, {}, `https://${to.hosts.api}${API_PATH}`);
          return refused(await rawRequest(duel.surroundings.proxy, from.hosts.api, bytes));
        },
      },
      {
        id: 'hosts HTTP/2',
        description: "an HTTP/2 request to the other's API on a connection to the own",
        run: () => overHttp2(duel),
      },
      ...unknownNames(duel),
      ...nodeToNode(duel),
    ];
  },
};

function mismatch(duel: Duel, what: string, serverName: string, host: string): Attempt {
  return {
    id: `hosts ${what}`,
    description: `TLS for ${serverName}, a request to ${host}, with the attacker's token`,
    run: async () => refused(await say(duel, serverName, host)),
  };
}

/** A call of an API with the attacker's own token. */
async function say(duel: Duel, serverName: string, host: string) {
  return rawRequest(duel.surroundings.proxy, serverName, await withToken(duel, host));
}

async function withToken({ from }: Duel, host: string, headers = {}, target = API_PATH): Promise<string> {
  return request(target, host, { Authorization: `Bearer ${await goodToken(from)}`, ...headers });
}

function nodeToNode(duel: Duel): Attempt[] {
  const { from, to } = duel;
  const { proxy } = duel.surroundings;
  return [
    {
      id: 'node-to-node names',
      description: "whether the other's node-to-node host shows a certificate of the other alone",
      from: 'outside',
      run: async () => {
        const names = await certificateNames(duel, to.hosts.nodeToNode);
        if (names.length === 0) return notRun('no certificate');
        return names.every((name) => name === to.hosts.nodeToNode)
          ? blocked(`only ${names.join(', ')}`)
          : succeeded(names.join(', '));
      },
    },
    {
      id: 'node-to-node no certificate',
      description: "speaking to the other's node-to-node port without a client certificate",
      run: () => helloHttp2(duel, to.hosts.nodeToNode),
    },
    {
      id: 'node-to-node public name',
      description: "asking for the other's public host at the node-to-node port, where it isn't",
      run: async () =>
        refused(await rawRequest(proxy, to.publicHost, request('/', to.publicHost), proxy.grpcPort)),
    },
    {
      id: 'public port, node-to-node name',
      description: "asking for the API at the public port, by TLS for the other's node-to-node host",
      run: async () => refused(await say(duel, to.hosts.nodeToNode, from.hosts.nodeToNode)),
    },
  ];
}

/** The hosts of the certificate that a node-to-node host shows. */
function certificateNames({ surroundings: { proxy } }: Duel, serverName: string): Promise<string[]> {
  return new Promise((resolve) => {
    const socket = connect({
      host: proxy.address,
      port: proxy.grpcPort,
      servername: serverName,
      // Nodes have certificates of their own network's authority: it is looked at, not trusted.
      rejectUnauthorized: false,
      ALPNProtocols: ['h2'],
      timeout: 5000,
    });
    const done = (names: string[]) => {
      socket.destroy();
      resolve(names);
    };
    socket.once('secureConnect', () => {
      const names = socket.getPeerCertificate().subjectaltname ?? '';
      done(names.split(', ').map((name) => name.replace(/^DNS:/, '')));
    });
    socket.once('timeout', () => {
      done([]);
    });
    socket.once('error', () => {
      done([]);
    });
  });
}

/** Begins HTTP/2 at a node's own TLS: its settings in answer would say that it talks to anybody. */
function helloHttp2({ surroundings: { proxy } }: Duel, serverName: string): Promise<Verdict> {
  return new Promise((resolve) => {
    const socket = connect({
      host: proxy.address,
      port: proxy.grpcPort,
      servername: serverName,
      rejectUnauthorized: false,
      ALPNProtocols: ['h2'],
      timeout: 5000,
    });
    const done = (verdict: Verdict) => {
      socket.destroy();
      resolve(verdict);
    };
    socket.once('secureConnect', () =>
      socket.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0', 'latin1'),
    );
    socket.once('data', () => {
      done(succeeded('the node answered'));
    });
    socket.once('timeout', () => {
      done(notRun('no answer within 5 s'));
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      done(error.code === 'ECONNREFUSED' ? notRun(error.message) : blocked(shorten(error.message)));
    });
    socket.once('close', () => {
      done(blocked('the node closed the connection'));
    });
  });
}

async function overHttp2(duel: Duel): Promise<Verdict> {
  const { from, to, surroundings } = duel;
  const { proxy } = surroundings;
  const token = await goodToken(from);
  return new Promise((resolve) => {
    const session = connectHttp2(`https://${from.hosts.api}:${proxy.httpsPort}`, {
      ...(proxy.authority && { ca: proxy.authority }),
      createConnection: () =>
        connect({
          host: proxy.address,
          port: proxy.httpsPort,
          servername: from.hosts.api,
          ...(proxy.authority && { ca: proxy.authority }),
          ALPNProtocols: ['h2'],
        }),
    });
    const done = (verdict: Verdict) => {
      session.destroy();
      resolve(verdict);
    };
    session.once('error', (error: Error) => {
      done(notRun(shorten(error.message)));
    });
    const stream = session.request({
      ':path': API_PATH,
      ':authority': to.hosts.api,
      authorization: `Bearer ${token}`,
    });
    stream.once('response', (headers) => {
      const status = Number(headers[':status']);
      done(refused({ statuses: [status], text: '' }));
    });
    stream.once('error', (error: Error) => {
      done(blocked(shorten(error.message)));
    });
    stream.end();
  });
}

function shorten(message: string): string {
  return message.replace(/^[0-9A-F]+:error:[0-9A-F]+:/, '').slice(0, 100);
}
