import type { PlatformNames } from '../names';
import { Subnet } from '../subnet';
import { PORT } from './shared-server';

/** A Redis that several tenants share. Each reaches it through a tunnel of its own, on a network that only tunnels join. */
export type SharedRedisSource =
  /** In a container of this platform, over TLS. Who its users are, it reads from Vault. */
  | {
      readonly kind: 'own';
      /** Subnet of its network: it needs an address for each tenant that shares. Redis takes the second one. */
      readonly subnet: string;
      /** MiB of memory of the container; changed without replacing it. @default 512 */
      readonly memoryMiB?: number;
    }
  /** Redis Enterprise or any other, over TLS. Whoever runs it makes the users: `nuts-saas redis acl` says with which rules. */
  | {
      readonly kind: 'given';
      readonly subnet: string;
      readonly host: string;
      readonly port: number;
      /** PEM certificate of the authority of its certificate, which must be for the host. */
      readonly certificateAuthority: string;
    };

/** How tenants reach the Redis that they share. */
export interface SharedRedisConnection {
  readonly kind: SharedRedisSource['kind'];
  /** The network of the tunnels. */
  readonly network: string;
  /** The KV v2 mount with its users and their passwords, where it is the platform's own. */
  readonly mount: string;
  readonly host: string;
  readonly port: number;
  /** The host that its certificate must be for. */
  readonly serverName: string;
  /** PEM certificate of the authority of its certificate. */
  readonly certificateAuthority: string;
}

/**
 * The host of the shared Redis in its certificate. No tenant can have it: it would be the node-to-node host of a tenant whose id
 * begins with `platform-`, and none may.
 */
export function sharedRedisHost(domain: string): string {
  return `nuts-platform-redis.${domain}`;
}

/**
 * The way to a shared Redis.
 *
 * @param made what the stack that makes it refers to; other stacks know it by its names
 */
export function sharedRedisConnection(
  source: SharedRedisSource,
  platform: { names: PlatformNames; domain: string; authorityCertificate: string },
  made: { readonly network?: string; readonly mount?: string } = {},
): SharedRedisConnection {
  const { network = platform.names.of('redis'), mount = platform.names.redisMount } = made;
  if (source.kind === 'given') {
    const { kind, host, port, certificateAuthority } = source;
    return { kind, network, mount, host, port, serverName: host, certificateAuthority };
  }
  return {
    kind: 'own',
    network,
    mount,
    host: Subnet.parse(source.subnet).at(2),
    port: PORT,
    serverName: sharedRedisHost(platform.domain),
    certificateAuthority: platform.authorityCertificate,
  };
}

/** Addresses for the tunnels, which never meet the server's. */
export function tunnelAddresses(subnet: Subnet): Subnet {
  const [, upper] = subnet.split(subnet.prefix + 1);
  if (upper === undefined || subnet.prefix > 28)
    throw new Error(`${subnet.cidr} is too small for the shared Redis and its tenants; use at least a /28`);
  return upper;
}
