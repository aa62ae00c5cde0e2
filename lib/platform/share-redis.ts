import type { Construct } from 'constructs';
import { Network } from '../engine/network';
import {
  sharedRedisConnection,
  sharedRedisHost,
  type SharedRedisConnection,
  type SharedRedisSource,
  tunnelAddresses,
} from '../redis/shared-redis-connection';
import { Subnet } from '../subnet';
import { FixedStore } from '../tenant/fixed-store';
import { SharedRedis, type SharedRedisProps } from './shared-redis';

interface ShareRedisProps extends Omit<SharedRedisProps, 'network' | 'serverName' | 'memoryMiB'> {
  readonly source: SharedRedisSource;
  readonly domain: string;
}

/** The network on which tenants' tunnels meet the Redis that they share, and the server itself where the platform runs it. */
export function shareRedis(
  scope: Construct,
  { source, domain, ...parts }: ShareRedisProps,
): SharedRedisConnection {
  new FixedStore(scope, 'redis-store', { owner: 'the platform', key: 'redis', value: source.kind });
  const subnet = Subnet.parse(source.subnet);
  const network = new Network(scope, 'redis-network', {
    name: parts.names.of('redis'),
    subnet,
    dynamicRange: tunnelAddresses(subnet),
    labels: parts.labels,
  });
  const server =
    source.kind === 'own'
      ? new SharedRedis(scope, 'shared-redis', {
          ...parts,
          network,
          serverName: sharedRedisHost(domain),
          ...(source.memoryMiB && { memoryMiB: source.memoryMiB }),
        })
      : undefined;
  const platform = { names: parts.names, domain, authorityCertificate: parts.authority.certificate };
  return sharedRedisConnection(source, platform, {
    network: network.name,
    ...(server && { mount: server.mount }),
  });
}
