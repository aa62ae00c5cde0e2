import { z } from 'zod';
import { platformNameProblem } from '../../lib/names';
import { IMAGES } from '../../lib/images';
import type { Images } from '../../lib/images';
import { backend } from './backend-config';
import { egress } from './egress-config';
import { hostName, image, pattern, subnet, text, webAddress } from './fields';
import { guardrails } from './guardrails-config';
import { certificatesFault } from './pem';
import { proxy } from './proxy-config';
import { sharedRedis } from './redis-config';
import { vault } from './vault-config';
import type { VaultConfig } from './vault-certificate';

const networks = z
  .strictObject({
    edge: subnet(8, 30)
      .default('10.80.0.0/29')
      .describe('The subnet whose first address the reverse proxy has by default in development.'),
    vault: subnet(8, 28)
      .default('10.80.1.0/24')
      .describe("The subnet of Vault and the tenants' sidecars: it needs an address for each tenant."),
    // A pool larger than this is slow to search for a free subnet.
    tenants: subnet(12, 28).default('10.81.0.0/16').describe("The pool that holds every tenant's subnet."),
  })
  .prefault({})
  .describe("The host's subnets. They must not overlap one another.");

const network = z
  .strictObject({
    bootstrapNodes: z
      .array(
        pattern(
          /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?:[1-9]\d{0,4}$/,
          'is not a host and a port',
          'write it like nuts.care.nl:5555',
        ).describe('A host and a port, such as nuts.care.nl:5555.'),
      )
      .default([])
      .describe('Nodes through which a new node of did:nuts finds the others.'),
    denylist: z
      .boolean()
      .default(true)
      .describe(
        "Whether nodes fetch the network's list of blocked certificates from the internet. Production needs it; without a way out to the internet a node reports itself unhealthy.",
      ),
    truststore: text(certificatesFault)
      .exactOptional()
      .describe(
        "The authorities whose certificates the network's nodes have, root and intermediates, as PEM. Needed for certificates other than the platform's own. To replace one add the new one first, and drop the old one when no tenant's certificate comes from it any more.",
      ),
    revocationLists: z
      .array(
        webAddress(['http', 'https'], 'any').describe(
          'Where an authority publishes its list, as PEM or DER.',
        ),
      )
      .min(1)
      .exactOptional()
      .describe(
        "Lists of what the truststore's authorities have revoked, one of each. Without them the node-to-node HTTP host of release v6 isn't routed, since nothing could refuse a revoked certificate there.",
      ),
  })
  .prefault({})
  .describe('The Nuts network, which nodes with did:nuts join.');

const health = z
  .strictObject({
    intervalSeconds: z
      .int()
      .min(1)
      .max(300)
      .default(10)
      .describe(
        'Seconds between two health checks of a container. With hundreds of tenants a short interval costs whole cores.',
      ),
    startIntervalSeconds: z
      .int()
      .min(1)
      .max(300)
      .exactOptional()
      .describe(
        'Seconds between the checks of a container that is starting; without it: the interval. Needs Docker Engine 25.',
      ),
  })
  .prefault({})
  .describe('How often the engine looks after a container, and so how long an apply takes.');

const IMAGE_DESCRIPTIONS: Record<keyof Images, string> = {
  nutsNodeV6: 'The Nuts node of release v6.',
  nutsNodeV54: 'The Nuts node of release v5.4.',
  redis: "The tenants' Redis.",
  postgres: 'PostgreSQL, for tenants that have their own.',
  vault: 'Vault, and the Vault proxy beside each node.',
  traefik: 'The reverse proxy.',
  haproxy: 'What guards the node-to-node HTTP host of release v6, and joins tenants with a shared Redis.',
  coredns: "The resolver of the platform's domain.",
  nftables: 'What keeps the rules for what tenants may reach: a shell and nft.',
};

function overridable(name: keyof Images) {
  return image()
    .exactOptional()
    .describe(`${IMAGE_DESCRIPTIONS[name]} The library was made for ${IMAGES[name]}.`);
}

const images = z
  .strictObject({
    nutsNodeV6: overridable('nutsNodeV6'),
    nutsNodeV54: overridable('nutsNodeV54'),
    redis: overridable('redis'),
    postgres: overridable('postgres'),
    vault: overridable('vault'),
    traefik: overridable('traefik'),
    haproxy: overridable('haproxy'),
    coredns: overridable('coredns'),
    nftables: overridable('nftables'),
  } satisfies Record<keyof Images, z.ZodType>)
  .prefault({})
  .describe('Images other than those that the library was made for, each with a tag or a digest.');

/** What `platform.yaml` may hold. */
export const platformFile = z
  .strictObject({
    name: text((name) => {
      const problem = platformNameProblem(name);
      return problem === undefined
        ? undefined
        : { message: `can't be a platform's name: ${problem}`, remedy: 'choose a name such as nuts' };
    })
      .default('nuts')
      .describe('The first part of every name, so that two platforms can share a host.'),
    environment: z
      .enum(['development', 'production'])
      .describe('Production refuses what is only fit for trying things out.'),
    domain: hostName()
      .meta({ examples: ['saas.internal'] })
      .describe("The domain that the tenants' hosts are under."),
    networks,
    proxy,
    vault,
    network,
    redis: sharedRedis.exactOptional(),
    egress,
    health,
    images,
    backend,
    guardrails,
  })
  .describe('What the tenants of a platform share.');

/** What a platform's file says, with the defaults that stand on their own. */
export type PlatformFile = z.output<typeof platformFile>;

/** What the tenants of a platform share, with every default filled in. */
export interface PlatformConfig extends Omit<PlatformFile, 'proxy' | 'vault'> {
  readonly vault: VaultConfig;
  readonly proxy: PlatformFile['proxy'] & { readonly address: string };
}

/** What is known of a platform while its file is checked. */
export type PlatformParts = Partial<PlatformFile>;
