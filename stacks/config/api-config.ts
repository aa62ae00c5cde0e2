import { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { pattern, source, text, webAddress } from './fields';
import type { Fault } from './fields';
import { publicKeyFault } from './public-key';

const PEM_BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----[^-]*-----END \1-----/g;

export function certificatesFault(pem: string): Fault | undefined {
  if (pem.includes('PRIVATE KEY'))
    return {
      message: 'holds a PRIVATE KEY',
      remedy:
        'take it out and treat the authority as broken, since its key has been in a file that is shared; only its certificate belongs here',
    };
  const blocks = [...pem.matchAll(PEM_BLOCK)];
  const readable = blocks.every(([block, kind]) => kind === 'CERTIFICATE' && isCertificate(block));
  return blocks.length > 0 && readable && pem.replace(PEM_BLOCK, '').trim() === ''
    ? undefined
    : {
        message: 'is not made of certificates in PEM',
        remedy: 'write -----BEGIN CERTIFICATE----- blocks and nothing else, indented under `|`',
      };
}

function isCertificate(block: string): boolean {
  try {
    new X509Certificate(block);
    return true;
  } catch {
    return false;
  }
}

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
