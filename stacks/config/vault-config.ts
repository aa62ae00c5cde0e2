import { z } from 'zod';
import { pattern, port, source, text, webAddress } from './fields';

const requestsPerSecond = z
  .int()
  .min(1)
  .max(10_000)
  .default(100)
  .describe('Requests a second that Vault takes from one sidecar on one mount; it refuses more with 429.');

const local = z
  .strictObject({
    kind: z.literal('local').describe('A Vault in a container beside the tenants.'),
    port: port().default(8200).describe("Vault's port on the vault network."),
    requestsPerSecond,
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
    caCertificateFile: text((path) =>
      path.trim() === '' ? { message: 'is empty', remedy: 'write the path of a PEM file' } : undefined,
    )
      .exactOptional()
      .describe(
        "A PEM file beside platform.yaml, with the certificate of the authority that issued Vault's. Without it: any that the system knows.",
      ),
    auditFile: pattern(/^\/[\w./-]+$/, 'is not a path', 'write it like /var/log/vault/nuts.log')
      .exactOptional()
      .describe(
        "A file on Vault's own disk: the platform then adds an audit device for it, and one for Vault's output. Without it: whoever runs Vault keeps its audit log.",
      ),
    requestsPerSecond,
  })
  .describe('A Vault outside the platform.');

/** The Vault that keeps the tenants' keys. */
export const vault = z
  .discriminatedUnion('kind', [local, external])
  .prefault({ kind: 'local' })
  .describe("The Vault that keeps the tenants' keys and secrets.");
