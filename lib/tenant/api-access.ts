/** Who may use a tenant's API. It is closed until at least one of the first three is given; each that is given must let a call pass. */
export interface ApiAccess {
  /** Addresses or subnets from which calls may come. @default - from anywhere */
  readonly addresses?: readonly string[];
  /** PEM certificates of the authorities of client certificates that calls must show. @default - none asked */
  readonly clientCertificateAuthority?: string;
  /** A service that the proxy asks about each call, such as `https://login.acme.nl/verify`. @default - none asked */
  readonly forwardAuth?: string;
  /**
   * The node's own check behind that: name of a client to its OpenSSH public key. A client signs its own tokens (`token_v2`).
   * @default - no client, so that the node refuses every call
   */
  readonly clients?: Readonly<Record<string, string>>;
}

export function isOpen(api: ApiAccess): boolean {
  return [api.addresses?.length, api.clientCertificateAuthority, api.forwardAuth].some(Boolean);
}

/** The clients in the form that the node reads: key and name, a line each. */
export function authorizedKeys(api: ApiAccess): string {
  const lines = Object.entries(api.clients ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, key]) => `${key.trim()} ${name}`);
  return ['# Clients of the API, by name', ...lines, ''].join('\n');
}
