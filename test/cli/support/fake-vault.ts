import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Written {
  readonly data: unknown;
  readonly options?: { readonly cas: number };
}

/** As much of Vault as certificates need: KV v2 without an end, and nobody is asked who he is. */
export class FakeVault {
  readonly secrets = new Map<string, unknown[]>();
  /** What it shows as the certificate of its own authority. */
  authority = '';
  /** Beginning of the paths that it refuses. */
  closed: string | undefined;

  private constructor(private readonly server: Server) {}

  static async start(mounts: readonly string[]): Promise<FakeVault> {
    const server = createServer();
    const vault = new FakeVault(server);
    server.on('request', (request, response) => {
      let body = '';
      request.on('data', (chunk: string) => (body += chunk));
      request.on('end', () => {
        const path = (request.url ?? '').replace(/^\/v1\//, '');
        if (path === 'nuts-pki/ca/pem') {
          response.end(vault.authority);
          return;
        }
        const { status, answer } = vault.answer(request.method ?? '', path, body, mounts);
        response.writeHead(status).end(JSON.stringify(answer));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return vault;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** The newest version of a secret, by its path without `data`. */
  at(path: string): unknown {
    return this.secrets.get(path)?.at(-1);
  }

  stop(): void {
    this.server.close();
  }

  private answer(method: string, path: string, body: string, mounts: readonly string[]) {
    if (path === 'sys/seal-status') return { status: 200, answer: { initialized: true, sealed: false } };
    if (path === 'sys/mounts')
      return { status: 200, answer: { data: Object.fromEntries(mounts.map((mount) => [`${mount}/`, {}])) } };
    if (this.closed !== undefined && path.startsWith(this.closed))
      return { status: 403, answer: { errors: ['permission denied'] } };
    const nothing = { status: 404, answer: { errors: [] } };
    const list = /\?list=true$/.exec(path);
    const key = path.replace(/\?.*/, '').replace(/\/(data|metadata)\//, '/');
    if (list) {
      const keys = [...this.secrets.keys()].filter((one) => one.startsWith(`${key}/`));
      return keys.length === 0
        ? nothing
        : { status: 200, answer: { data: { keys: keys.map((one) => one.slice(key.length + 1)) } } };
    }
    const versions = this.secrets.get(key) ?? [];
    if (method === 'PUT') {
      const { data, options } = JSON.parse(body) as Written;
      if (options && options.cas !== versions.length)
        return { status: 400, answer: { errors: ['check-and-set parameter did not match'] } };
      this.secrets.set(key, [...versions, data]);
      return { status: 200, answer: { data: { version: versions.length + 1 } } };
    }
    if (method === 'DELETE') {
      this.secrets.delete(key);
      return { status: 200, answer: {} };
    }
    if (versions.length === 0) return nothing;
    return {
      status: 200,
      answer: { data: { data: versions.at(-1), metadata: { version: versions.length } } },
    };
  }
}
