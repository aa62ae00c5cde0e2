import { X509Certificate } from 'node:crypto';
import type { Fault } from './fields';

const PEM_BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----[^-]*-----END \1-----/g;

/** Says why a text isn't made of PEM certificates and nothing else. */
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

/** The certificates of a text that holds nothing else. */
export function certificatesOf(pem: string): X509Certificate[] {
  return [...pem.matchAll(PEM_BLOCK)].map(([block]) => new X509Certificate(block));
}

function isCertificate(block: string): boolean {
  try {
    new X509Certificate(block);
    return true;
  } catch {
    return false;
  }
}
