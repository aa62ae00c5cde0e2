import { z } from 'zod';
import { pattern, port, source, webAddress } from './fields';

const local = z
  .strictObject({
    kind: z.literal('local').describe('A Vault in a container beside the tenants.'),
    port: port().default(8200).describe("Vault's port on the vault network."),
  })
  .describe('A Vault that the platform runs: its keys are on the same disk, so not for production.');

const external = z
  .strictObject({
    kind: z.literal('external').describe('A Vault that someone runs and backs up.'),
    address: webAddress(['https', 'http'], 'origin')
      .meta({ examples: ['https://vault.care.nl:8200'] })
      .describe('Its address. http only in development.'),
    clientAddresses: z
      .array(source().describe('An IPv4 address or subnet.'))
      .min(1)
      .describe("Where the sidecars' logins come from, as Vault sees it. Logins from elsewhere are refused."),
    namespace: pattern(/^[\w-]+(\/[\w-]+)*\/?$/, 'is not a namespace', 'write it like care or care/nuts')
      .exactOptional()
      .describe('The namespace of Vault Enterprise that the platform lives in.'),
  })
  .describe('A Vault outside the platform.');

/** The Vault that keeps the tenants' keys. */
export const vault = z
  .discriminatedUnion('kind', [local, external])
  .prefault({ kind: 'local' })
  .describe("The Vault that keeps the tenants' keys and secrets.");
