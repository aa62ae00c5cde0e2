import { createHash, type KeyObject } from 'node:crypto';

/** SHA-256 of a public key, in hex: the name under which its private half lies in Vault. */
export function fingerprintOf(publicKey: KeyObject): string {
  return createHash('sha256')
    .update(publicKey.export({ format: 'der', type: 'spki' }))
    .digest('hex');
}
