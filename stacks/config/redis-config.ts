import { z } from 'zod';
import { certificatesFault } from './pem';
import { hostName, port, subnet, text } from './fields';

const network = () =>
  subnet(8, 28)
    .default('10.80.2.0/24')
    .describe('The subnet that joins tenants with it: it needs an address for each that shares.');

const own = z
  .strictObject({
    kind: z.literal('own').describe('A Redis in a container of the platform, over TLS.'),
    subnet: network(),
    memory: z
      .int()
      .min(128)
      .max(1_048_576)
      .default(512)
      .describe('MiB of memory that it may use before it is stopped.'),
  })
  .describe('A Redis that the platform runs.');

const given = z
  .strictObject({
    kind: z
      .literal('given')
      .describe(
        'Redis Enterprise or any other, over TLS. `nuts-saas redis acl <tenant>` says which user it needs.',
      ),
    subnet: network(),
    host: hostName()
      .meta({ examples: ['redis.care.nl'] })
      .describe('Its host, for which its certificate must be.'),
    port: port().default(6379).describe('Its port.'),
    certificateAuthority: text(certificatesFault).describe('The authority of its certificate, as PEM.'),
  })
  .describe('A Redis that someone runs.');

/** A Redis that tenants may share. */
export const sharedRedis = z
  .discriminatedUnion('kind', [own, given])
  .describe('A Redis that tenants with redis: { mode: shared } have a part of. Without it each has its own.');

const dedicated = z
  .strictObject({ mode: z.literal('dedicated').describe('A Redis of its own, without a network.') })
  .describe('A Redis of its own.');

const shared = z
  .strictObject({
    mode: z.literal('shared').describe("A part of the platform's Redis, behind a user of its own."),
    passwords: z
      .array(z.int().min(1).max(1_000_000).describe('A number, higher than those before it.'))
      .min(1)
      .max(2)
      .exactOptional()
      .describe(
        'Numbers of the passwords that are good; the node uses the last. To change it, apply [1, 2], and then [2]. Without it: [1].',
      ),
  })
  .describe("A part of the platform's Redis. Tenants that share it can see the names of each other's keys.");

/** The Redis of a tenant. */
export const redis = z
  .discriminatedUnion('mode', [dedicated, shared])
  .describe(
    'Whether its Redis is its own, which it is without this. It stays what it is after the first apply.',
  );
