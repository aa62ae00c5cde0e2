/** How sidecars reach Vault and log in to it. */
export interface VaultConnection {
  /** Vault's address as the sidecars see it. */
  readonly address: string;
  /** The Docker network that sidecars join; nothing else does, but for a local Vault itself. */
  readonly network: string;
  /** Subnets from which Vault sees the sidecars come: SecretIDs and tokens are good from nowhere else. */
  readonly clientAddresses: readonly string[];
  /**
   * The sidecar's own address on the network.
   * @default - any free one
   */
  readonly sidecarAddress?: string;
  /**
   * PEM of the authority that vouches for Vault.
   * @default - those that the image knows
   */
  readonly caCertificate?: string;
  /** Requests a second that Vault takes from one sidecar on one mount. */
  readonly requestsPerSecond: number;
  /** Path of the AppRole auth backend. */
  readonly approleMount: string;
  /** Its accessor, which ties a role to an entity. */
  readonly approleAccessor: string;
  /** @default - no namespace (an Enterprise feature) */
  readonly namespace?: string;
}
