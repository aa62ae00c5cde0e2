import { z } from 'zod';
import type { CertificateSource } from '../../lib/certificate/certificate-source';
import { tenantIdProblem } from '../../lib/names';
import { api } from './api-config';
import { certificate } from './certificate-config';
import { hostNameProblem } from '../../lib/host-name';
import { DID_METHODS, type DidMethod, RELEASES } from '../../lib/tenant/node-config/node-settings';
import { image, subnet, text } from './fields';
import type { Fault } from './fields';
import { limits } from './limits-config';
import { options } from './options-config';
import { redis } from './redis-config';
import { sql } from './sql-config';

export const CELLS = ['local'] as const;

/** Turns a text into an id that a tenant may have, if it has enough letters for one. */
export function tenantIdLike(written: string): string {
  const id = written
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return tenantIdProblem(id) === undefined ? id : 'acme';
}

function idFault(id: string): Fault | undefined {
  const problem = tenantIdProblem(id);
  if (problem === undefined) return undefined;
  const remedy = `rename the tenant, and its file with it, such as ${tenantIdLike(id)}`;
  return { message: `can't be the id of a tenant: ${problem}`, remedy };
}

function urlFault(value: string): Fault | undefined {
  const example = 'write it like https://acme.care.nl';
  if (!value.startsWith('https://') || /\s/.test(value) || !URL.canParse(value))
    return { message: 'is not an https URL', remedy: example };
  const { hostname, username, password } = new URL(value);
  if (username !== '' || password !== '')
    return {
      message: 'holds credentials',
      remedy: 'take the name and password out, and change the password',
    };
  const problem = hostNameProblem(hostname);
  if (problem !== undefined) return { message: `can't be used: ${problem}`, remedy: example };
  return value === `https://${hostname}`
    ? undefined
    : { message: 'has more than a host, or capitals in it', remedy: `write https://${hostname}` };
}

/** What `tenants/<id>.yaml` may hold. */
export const tenantFile = z
  .strictObject({
    id: text(idFault)
      .meta({ examples: ['acme'] })
      .describe(
        "The tenant's id, which is also the name of the file. It stays what it is after the first apply.",
      ),
    state: z
      .enum(['active', 'removed'])
      .default('active')
      .describe('Removed takes the containers away; data and keys stay until removeData says otherwise.'),
    removeData: z
      .string()
      .exactOptional()
      .describe(
        "The tenant's id, once more, to lose its volumes, keys and mounts as well. Only with state: removed.",
      ),
    release: z.enum(RELEASES).describe('The release of the Nuts node.'),
    url: text(urlFault)
      .meta({ examples: ['https://acme.care.nl'] })
      .describe(
        "The public address: https://<id>.<domain>, or a host of the customer's own. DIDs follow it, so it stays what it is after the first apply.",
      ),
    didMethods: z
      .array(z.enum(DID_METHODS).describe('A DID method.'))
      .min(1)
      .exactOptional()
      .describe(
        'The DID methods of the node. Release v6 needs them; release v5.4 has nuts only. They stay what they are after the first apply.',
      ),
    cell: z.enum(CELLS).default('local').describe('The Docker host that the tenant lives on.'),
    subnet: subnet(24, 29)
      .meta({ examples: ['10.81.0.16/28'] })
      .describe("The tenant's own subnet, within networks.tenants of the platform."),
    generation: z
      .int()
      .min(1)
      .default(1)
      .describe("Raising it cuts off every login to Vault of the tenant's former copy."),
    api: api.exactOptional(),
    redis: redis.exactOptional(),
    sql: sql.exactOptional(),
    certificate: certificate.exactOptional(),
    limits,
    image: image().exactOptional().describe("The node's image, when it isn't that of the platform."),
    options,
  })
  .describe('A tenant: a Nuts node of its own for one customer.');

/** What a tenant's file says, with the defaults that stand on their own. */
export type TenantFile = z.output<typeof tenantFile>;

/** What is known of a tenant while its file is checked. */
export type TenantParts = Partial<TenantFile>;

/** A tenant, with every default filled in. */
export type TenantConfig = Omit<TenantFile, 'didMethods' | 'certificate'> & {
  readonly didMethods: readonly DidMethod[];
  /** Of a tenant in the network of did:nuts. */
  readonly certificate?: CertificateSource;
};
