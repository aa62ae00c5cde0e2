import {
  createHmac,
  createPublicKey,
  generateKeyPairSync,
  randomUUID,
  sign,
  type KeyObject,
} from 'node:crypto';

/** Claims of a token, as far as they differ from a good one. */
export interface Claims {
  readonly aud?: unknown;
  readonly iss?: unknown;
  readonly sub?: unknown;
  readonly iat?: unknown;
  readonly nbf?: unknown;
  readonly exp?: unknown;
  readonly jti?: unknown;
}

/** How a token says that it is signed, and how it is. */
export interface Forgery {
  readonly header: Readonly<Record<string, unknown>>;
  readonly sign: (content: string) => Buffer;
}

/** A token that may be wrong in any way: no library would make most of these. */
export function forge({ header, sign: signature }: Forgery, claims: Claims): string {
  const content = [header, claims].map((part) => encode(JSON.stringify(part))).join('.');
  return `${content}.${signature(content).toString('base64url')}`;
}

export function goodClaims(client: string, audience: string): Required<Claims> {
  const now = Math.floor(Date.now() / 1000);
  return {
    aud: audience,
    iss: client,
    sub: client,
    iat: now,
    nbf: now,
    exp: now + 600,
    jti: randomUUID(),
  };
}

export function ed25519(privateKey: KeyObject, kid: string): Forgery {
  return { header: { alg: 'EdDSA', kid }, sign: (content) => sign(null, Buffer.from(content), privateKey) };
}

/** Says that it needs no signature, in one of the ways to write that. */
export function unsigned(alg: string, kid: string): Forgery {
  return { header: { alg, kid }, sign: () => Buffer.alloc(0) };
}

/** Takes the public key, which anybody may have, for a shared secret. */
export function keyConfusion(publicKey: string, kid: string): Forgery {
  return {
    header: { alg: 'HS256', kid },
    sign: (content) => createHmac('sha256', publicKey).update(content).digest(),
  };
}

export function rsa(alg: 'RS256' | 'PS256', kid: string): Forgery {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const padding = alg === 'PS256' ? { padding: 6, saltLength: 32 } : {};
  return {
    header: { alg, kid },
    sign: (content) => sign('sha256', Buffer.from(content), { key: privateKey, ...padding }),
  };
}

/** Brings its own key along in the header. */
export function embeddedKey(kid: string): Forgery {
  const { privateKey } = generateKeyPairSync('ed25519');
  const jwk = createPublicKey(privateKey).export({ format: 'jwk' });
  return {
    header: { alg: 'EdDSA', kid, jwk },
    sign: (content) => sign(null, Buffer.from(content), privateKey),
  };
}

function encode(text: string): string {
  return Buffer.from(text).toString('base64url');
}
