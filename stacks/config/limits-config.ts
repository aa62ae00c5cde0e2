import { z } from 'zod';
import { TRAFFIC_LIMITS } from '../../lib/tenant/traffic-limits';

function memory(usual: number, least: number, whose: string) {
  return z
    .strictObject({
      memory: z
        .int()
        .min(least)
        .max(1_048_576)
        .default(usual)
        .describe(`MiB of memory that ${whose} may use before it is stopped.`),
    })
    .prefault({})
    .describe(`What ${whose} may use.`);
}

function requests(usual: (typeof TRAFFIC_LIMITS)['public' | 'api'], whose: string) {
  const count = (value: number) => z.int().min(1).max(100_000).default(value);
  return z
    .strictObject({
      average: count(usual.average).describe('Requests a second that one address may send on average.'),
      burst: count(usual.burst).describe('Requests that one address may send at once, ahead of its average.'),
      concurrent: count(usual.concurrent).describe(
        'Requests in progress at a host, of all addresses together.',
      ),
    })
    .prefault({})
    .describe(`How many requests the proxy takes for ${whose}; it refuses what is more with 429.`);
}

/** What a tenant may use of what it shares with others. */
export const limits = z
  .strictObject({
    node: memory(256, 128, 'the node'),
    redis: memory(128, 64, 'Redis'),
    public: requests(TRAFFIC_LIMITS.public, 'the public host'),
    api: requests(TRAFFIC_LIMITS.api, "the API's host, and as many for that of its administration"),
    nodeToNode: z
      .strictObject({
        connections: z
          .int()
          .min(1)
          .max(10_000)
          .default(TRAFFIC_LIMITS.nodeToNodeConnections)
          .describe('Connections that one address may have open.'),
      })
      .prefault({})
      .describe('What other nodes may use of the node-to-node ports, with did:nuts.'),
  })
  .prefault({})
  .describe('What the tenant may use of the host and of the proxy.');
