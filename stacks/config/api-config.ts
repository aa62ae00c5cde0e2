import { z } from 'zod';
import { pattern, source, text, webAddress } from './fields';
import { certificatesFault } from './pem';
import { publicKeyFault } from './public-key';

// More than an old key, a new one, and one that somebody forgot is a mistake.
const MOST_KEYS = 3;

const clientName = pattern(
  /^[a-z0-9-]{1,40}$/,
  'is not a name for a client',
  'use 1 to 40 lower-case letters, digits and hyphens, such as ehr',
);

const addresses = z.array(source().describe('An IPv4 address or subnet.')).min(1).exactOptional();

const guards = {
  addresses: addresses.describe('A guard: the addresses that requests may come from.'),
  clientCertificateAuthority: text(certificatesFault)
    .exactOptional()
    .describe("A guard: the certificates, as PEM, of the authority that issued the clients' certificates."),
  forwardAuth: webAddress(['https', 'http'], 'any')
    .exactOptional()
    .describe('A guard: the address of a service that is asked about each request.'),
};

const client = z
  .strictObject({
    keys: z
      .array(
        text((key) => publicKeyFault(key.trim()))
          .trim()
          .describe('A public key as OpenSSH writes it, without the comment, such as ssh-ed25519 AAAA….'),
      )
      .min(1)
      .max(MOST_KEYS)
      .describe('Its public keys. Two are good at once while a new one takes over from an old one.'),
    addresses: addresses.describe(
      'A guard: addresses of its own, beside those of the API. The proxy lets in the addresses of all clients, and can not tell whose token comes from which.',
    ),
  })
  .describe('A client, which signs its tokens with a key.');

/** Who may use the node's API from outside. */
export const api = z
  .strictObject({
    ...guards,
    clients: z.record(clientName, client).exactOptional().describe("The clients by name: their tokens' iss."),
    administration: z
      .strictObject(guards)
      .exactOptional()
      .describe(
        'Guards of their own for what makes, changes or deletes DIDs, keys, services and trust: it is then served on admin-<id>.<domain> only, and nowhere as long as no guard is here. Without this key whoever may use the API may do that, too.',
      ),
  })
  .describe("Who may use the customer's API. It is closed as long as no guard says who may come.");

/** The keys of `api` that say who may come. */
export const API_GUARDS = ['addresses', 'clientCertificateAuthority', 'forwardAuth'] as const;
