import { createHash, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';

const ALGORITHM = 'ssh-ed25519';

/** A key for a client of a tenant's API: private as PEM, public as OpenSSH writes it, which is what the node reads. */
export function newKeyPair(): { privateKey: string; publicKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    privateKey: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    publicKey: openSsh(publicKey),
  };
}

/** The public half of a private key that `newKeyPair` made. */
export function publicKeyOf(privateKeyPem: string): string {
  return openSsh(createPublicKey(privateKeyPem));
}

/** How `ssh-keygen -l` and the node's own log name a public key. */
export function fingerprint(publicKey: string): string {
  const blob = Buffer.from(publicKey.trim().split(' ')[1] ?? '', 'base64');
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
}

function openSsh(publicKey: KeyObject): string {
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  const blob = Buffer.concat([field(Buffer.from(ALGORITHM)), field(raw)]);
  return `${ALGORITHM} ${blob.toString('base64')}`;
}

function field(content: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return Buffer.concat([length, content]);
}
