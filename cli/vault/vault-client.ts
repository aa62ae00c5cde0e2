import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

/** What Vault says when it refuses. */
export class VaultRefusal extends Error {
  constructor(
    readonly status: number,
    path: string,
    errors: readonly string[],
  ) {
    super(`Vault answered ${status} to ${path}: ${errors.join('; ')}`);
  }
}

export type SealState = 'unsealed' | 'sealed' | 'uninitialised' | 'unreachable';

interface Answer {
  readonly auth?: { readonly client_token: string };
  readonly data?: Record<string, unknown>;
  readonly errors?: readonly string[];
}

export interface VaultClientOptions {
  readonly namespace?: string | undefined;
  /** PEM of the authority that vouches for Vault; without it: those that Node.js knows. */
  readonly caCertificate?: string | undefined;
}

interface Response {
  readonly status: number;
  readonly text: string;
}

const TIMEOUT_MS = 10_000;

/** The few calls to Vault that aren't Terraform's. */
export class VaultClient {
  constructor(
    private readonly address: string,
    private readonly token?: string,
    private readonly options: VaultClientOptions = {},
  ) {}

  as(token: string): VaultClient {
    return new VaultClient(this.address, token, this.options);
  }

  async sealState(): Promise<SealState> {
    try {
      const state = await this.call<{ initialized: boolean; sealed: boolean }>('GET', 'sys/seal-status');
      if (!state.initialized) return 'uninitialised';
      return state.sealed ? 'sealed' : 'unsealed';
    } catch (error) {
      if (error instanceof VaultRefusal) throw error;
      return 'unreachable';
    }
  }

  /** @throws VaultRefusal when Vault says no, and Node.js's own error when nobody answers */
  async call<T = Answer>(method: 'GET' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T> {
    const { status, text } = await this.send(method, path, body);
    const parsed = (text === '' ? {} : JSON.parse(text)) as T & Answer;
    if (status >= 400) throw new VaultRefusal(status, path, parsed.errors ?? []);
    return parsed;
  }

  /** A certificate in PEM, which is served without JSON around it. */
  async pem(path: string): Promise<string> {
    const { status, text } = await this.send('GET', path);
    if (status >= 400) throw new VaultRefusal(status, path, [text]);
    return text.endsWith('\n') ? text : `${text}\n`;
  }

  // Not fetch, which takes no authority of the caller's choice.
  private send(method: string, path: string, body?: unknown): Promise<Response> {
    const { namespace, caCertificate } = this.options;
    const url = new URL(`${this.address}/v1/${path}`);
    const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const text = body === undefined ? undefined : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const outgoing = request(url, {
        method,
        // A connection that was kept would be one to a Vault that has been restarted since.
        agent: false,
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: {
          ...(this.token && { 'X-Vault-Token': this.token }),
          ...(namespace && { 'X-Vault-Namespace': namespace }),
          ...(text !== undefined && {
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(text),
          }),
        },
        ...(caCertificate && { ca: caCertificate }),
      });
      outgoing.on('error', reject);
      outgoing.on('response', (incoming) => {
        const parts: Buffer[] = [];
        incoming.on('data', (part: Buffer) => parts.push(part));
        incoming.on('error', reject);
        incoming.on('end', () => {
          resolve({ status: incoming.statusCode ?? 0, text: Buffer.concat(parts).toString() });
        });
      });
      outgoing.end(text);
    });
  }
}
