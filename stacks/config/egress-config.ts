import { z } from 'zod';
import { tenantIdProblem } from '../../lib/names';
import { port, source, text } from './fields';

const exception = z
  .strictObject({
    to: source()
      .meta({ examples: ['10.0.0.5'] })
      .describe('An IPv4 address or subnet that is not on the public internet.'),
    port: port().describe('The one port there.'),
    protocol: z.enum(['tcp', 'udp']).default('tcp').describe('The protocol of that port.'),
    tenants: z
      .array(
        text((id) => {
          const problem = tenantIdProblem(id);
          return problem === undefined
            ? undefined
            : { message: `can't be the id of a tenant: ${problem}`, remedy: 'write the id of a tenant' };
        }).describe("A tenant's id."),
      )
      .min(1)
      .exactOptional()
      .describe('The tenants that it is for; without it: all.'),
    reason: text((reason) =>
      /^[^\r\n]{10,200}$/.test(reason)
        ? undefined
        : {
            message: 'does not say why',
            remedy: 'write on one line, in 10 to 200 characters, what needs this',
          },
    ).describe('Why this is needed, for whoever reviews it.'),
  })
  .describe('One thing inside that tenants may reach.');

/** What tenants may reach beyond the public internet. */
export const egress = z
  .strictObject({
    allow: z
      .array(exception)
      .default([])
      .describe('What tenants may reach though it is not on the internet.'),
    outboundLimit: z
      .int()
      .min(1)
      .max(100_000)
      .exactOptional()
      .describe(
        'New connections that one tenant may open in a minute; more are refused, and told in the log. Without it: any number.',
      ),
  })
  .prefault({})
  .describe(
    "What tenants' containers may reach. The public internet and the platform's own proxy they always may; the cloud's metadata, private networks and the host only by an exception.",
  );
