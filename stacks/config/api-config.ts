import { z } from 'zod';
import { pattern, source, text, webAddress } from './fields';
import { certificatesFault } from './pem';
import { publicKeyFault } from './public-key';

const clientName = pattern(
  /^[a-z0-9-]{1,40}$/,
  'is not a name for a client',
  'use 1 to 40 lower-case letters, digits and hyphens, such as ehr',
);

/** Who may use the node's API from outside. */
export const api = z
  .strictObject({
    addresses: z
      .array(source().describe('An IPv4 address or subnet.'))
      .min(1)
      .exactOptional()
      .describe('A guard: the addresses that requests may come from.'),
    clientCertificateAuthority: text(certificatesFault)
      .exactOptional()
      .describe("A guard: the certificates, as PEM, of the authority that issued the clients' certificates."),
    forwardAuth: webAddress(['https', 'http'], 'any')
      .exactOptional()
      .describe('A guard: the address of a service that is asked about each request.'),
    clients: z
      .record(
        clientName,
        text((key) => publicKeyFault(key.trim()))
          .trim()
          .describe('A public key, such as ssh-ed25519 AAAA….'),
      )
      .exactOptional()
      .describe(
        "The clients' names, each with its public key as OpenSSH writes it, without the comment. A client signs its tokens with the key.",
      ),
  })
  .describe("Who may use the customer's API. It is closed as long as no guard says who may come.");

/** The keys of `api` that say who may come. */
export const API_GUARDS = ['addresses', 'clientCertificateAuthority', 'forwardAuth'] as const;
