/** Who may pass at the proxy: each guard that is given must let a call through. */
export interface ApiGuards {
  /** Addresses or subnets from which calls may come. @default - from anywhere */
  readonly addresses?: readonly string[];
  /** PEM certificates of the authorities of client certificates that calls must show. @default - none asked */
  readonly clientCertificateAuthority?: string;
  /** A service that the proxy asks about each call, such as `https://login.acme.nl/verify`. @default - none asked */
  readonly forwardAuth?: string;
}

/** A program that uses a tenant's API, with tokens that it signs itself (`token_v2`). */
export interface ApiClient {
  /** OpenSSH public keys. Several are good at once, so that a new one can take over from an old one. */
  readonly keys: readonly string[];
  /**
   * Addresses or subnets of this client, beside those of the API. The proxy can't read tokens: what it lets in is the union of all
   * clients' addresses, and within that union a client's token is good from another client's address too.
   * @default - those of the API
   */
  readonly addresses?: readonly string[];
}

/** Who may use a tenant's API. It is closed until a guard says who may come; a client's addresses count as one. */
export interface ApiAccess extends ApiGuards {
  /**
   * The node's own check behind the guards: the clients by name, which is the `iss` of their tokens.
   * @default - no client, so that the node refuses every call
   */
  readonly clients?: Readonly<Record<string, ApiClient>>;
  /**
   * Guards of their own for what administers a node: then the API's host serves ordinary operations only, and everything is on
   * `admin-<tenant>.<domain>`, which is closed as long as none of these guards is given. Tokens are the same, audience included.
   * @default - whoever may use the API may administer, too
   */
  readonly administration?: ApiGuards;
}

/** The addresses that the proxy lets in: of the API, and of each of its clients. Empty where anywhere is fine. */
export function allowedAddresses({ addresses = [], clients = {} }: ApiAccess): string[] {
  const own = Object.values(clients).flatMap((client) => client.addresses ?? []);
  return [...new Set([...addresses, ...own.sort()])];
}

export function isOpen(api: ApiAccess): boolean {
  return [allowedAddresses(api).length, api.clientCertificateAuthority, api.forwardAuth].some(Boolean);
}

/** The clients in the form that the node reads: key and name, a line each. */
export function authorizedKeys(api: ApiAccess): string {
  const lines = Object.entries(api.clients ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, { keys }]) => keys.map((key) => `${key.trim()} ${name}`).sort());
  return ['# Clients of the API, by name', ...lines, ''].join('\n');
}
