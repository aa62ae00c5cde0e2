import type { ApiOperations } from './api-operations';

export const RELEASES = ['v6', 'v5.4'] as const;
/** Release line of the Nuts node. */
export type Release = (typeof RELEASES)[number];

export const DID_METHODS = ['web', 'nuts'] as const;
export type DidMethod = (typeof DID_METHODS)[number];

/** Options in the node's own dotted notation. */
export type NodeOptions = Readonly<Record<string, string | number | boolean>>;

/** What a node is told, whatever its release. */
export interface NodeSettings {
  readonly url: string;
  readonly didMethods: readonly DidMethod[];
  /** What API tokens must name as their audience. */
  readonly audience: string;
  readonly vaultAddress: string;
  readonly keysMount: string;
  readonly redisAddress: string;
  readonly redisDatabase: string;
  /** @default - who reaches Redis needs no name */
  readonly redisUsername?: string;
  /**
   * How v6 reaches its SQL database; without a secret in it.
   * @default - SQLite, in a file among the node's data
   */
  readonly sqlConnection?: string;
  /**
   * A file with options that the environment must not hold, and which these are.
   * @default - no option is secret
   */
  readonly secrets?: { readonly file: string; readonly options: readonly string[] };
  /** Certificate and key for node-to-node traffic, in one file; needed for did:nuts. */
  readonly certificateFile?: string;
  /** Certificates of the authorities that other nodes' certificates must come from. */
  readonly truststoreFile?: string;
  /** Nodes of the network to connect to first, as `host:port`. */
  readonly bootstrapNodes: readonly string[];
  /** Whether it fetches the network's list of blocked certificates. */
  readonly denylist: boolean;
  readonly options: NodeOptions;
}

/** Where the node's container has its files. */
export const DATA_DIRECTORY = '/nuts/data';
export const CONFIG_DIRECTORY = '/etc/nuts';
export const AUTHORIZED_KEYS = 'authorized_keys';
export const PLATFORM_AUTHORITY = 'platform-authority.pem';
export const NETWORK_AUTHORITIES = 'network-authorities.pem';

/** How a release differs as seen from outside its container. */
export interface ReleaseProfile {
  /** Options in the node's own dotted notation. */
  render(settings: NodeSettings): Record<string, string | readonly string[]>;
  /** Port of what everybody may see. */
  readonly publicPort: number;
  /** Port of `/internal`. */
  readonly internalPort: number;
  /** Port of `/status` and `/health`. */
  readonly healthPort: number;
  /** Port where the node itself terminates mutual TLS for `/n2n`; undefined where the release has none. */
  readonly nodeToNodePort?: number;
  /** What the release's API is made of, and who needs which part of it. */
  readonly operations: ApiOperations;
  /** Paths of the public host, each with everything below it. */
  publicPaths(settings: Pick<NodeSettings, 'didMethods' | 'options'>): readonly string[];
}

export const GRPC_PORT = 5555;

/** Options that both releases spell alike. */
export function commonOptions(settings: NodeSettings): Record<string, string | readonly string[]> {
  return {
    strictmode: 'true',
    loggerformat: 'json',
    verbosity: 'info',
    datadir: DATA_DIRECTORY,
    'crypto.storage': 'vaultkv',
    'crypto.vault.address': settings.vaultAddress,
    'crypto.vault.pathprefix': settings.keysMount,
    'storage.redis.address': settings.redisAddress,
    'storage.redis.database': settings.redisDatabase,
    ...(settings.redisUsername && { 'storage.redis.username': settings.redisUsername }),
    // The embedded NATS has no authentication: it may be heard by nobody else.
    'events.nats.hostname': '127.0.0.1',
    // Without IRMA, whose schemes the node would fetch from the internet before it starts.
    'auth.contractvalidators': ['employeeid'],
    // An empty variable would be a list of one empty name.
    ...(settings.bootstrapNodes.length > 0 && { 'network.bootstrapnodes': settings.bootstrapNodes }),
    ...(settings.certificateFile && {
      'tls.certfile': settings.certificateFile,
      'tls.certkeyfile': settings.certificateFile,
      'tls.truststorefile': settings.truststoreFile ?? `${CONFIG_DIRECTORY}/${PLATFORM_AUTHORITY}`,
      'network.grpcaddr': `:${GRPC_PORT}`,
    }),
    ...(!settings.denylist && { 'pki.denylist.url': '' }),
  };
}
