import { generateKeyPairSync } from 'node:crypto';

const ALGORITHM = 'ssh-ed25519';

/** A key for a client of a tenant's API: private as PEM, public as OpenSSH writes it, which is what the node reads. */
export function newKeyPair(): { privateKey: string; publicKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  const blob = Buffer.concat([field(Buffer.from(ALGORITHM)), field(raw)]);
  return {
    privateKey: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    publicKey: `${ALGORITHM} ${blob.toString('base64')}`,
  };
}

function field(content: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return Buffer.concat([length, content]);
}
