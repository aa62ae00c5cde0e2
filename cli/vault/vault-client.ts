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

/** The few calls to Vault that aren't Terraform's. */
export class VaultClient {
  constructor(
    private readonly address: string,
    private readonly token?: string,
    private readonly namespace?: string,
  ) {}

  as(token: string): VaultClient {
    return new VaultClient(this.address, token, this.namespace);
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

  /** @throws VaultRefusal when Vault says no, and fetch's own error when nobody answers */
  async call<T = Answer>(method: 'GET' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T> {
    const response = await this.send(method, path, body);
    const text = await response.text();
    const parsed = (text === '' ? {} : JSON.parse(text)) as T & Answer;
    if (!response.ok) throw new VaultRefusal(response.status, path, parsed.errors ?? []);
    return parsed;
  }

  /** A certificate in PEM, which is served without JSON around it. */
  async pem(path: string): Promise<string> {
    const response = await this.send('GET', path);
    const text = await response.text();
    if (!response.ok) throw new VaultRefusal(response.status, path, [text]);
    return text.endsWith('\n') ? text : `${text}\n`;
  }

  private send(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(`${this.address}/v1/${path}`, {
      method,
      headers: {
        ...(this.token && { 'X-Vault-Token': this.token }),
        ...(this.namespace && { 'X-Vault-Namespace': this.namespace }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(10_000),
    });
  }
}
