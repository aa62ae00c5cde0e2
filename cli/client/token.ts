import { createPrivateKey, createPublicKey, randomUUID } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, SignJWT } from 'jose';

export interface TokenClaims {
  /** Name of the client, as the tenant's configuration has it. */
  readonly client: string;
  /** The API's host. */
  readonly audience: string;
  readonly lifetimeSeconds: number;
}

/**
 * A token for a tenant's API, signed with the client's own Ed25519 key, with every claim that the node's token_v2 asks for
 * (docs/pages/integrating/api-authentication.rst of nuts-node).
 */
export async function signToken(privateKeyPem: string, claims: TokenClaims): Promise<string> {
  const key = createPrivateKey(privateKeyPem);
  const thumbprint = await calculateJwkThumbprint(await exportJWK(createPublicKey(key)), 'sha256');
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({})
    .setProtectedHeader({ alg: 'EdDSA', kid: thumbprint })
    .setIssuer(claims.client)
    .setSubject(claims.client)
    .setAudience(claims.audience)
    .setIssuedAt(now)
    .setNotBefore(now)
    .setExpirationTime(now + claims.lifetimeSeconds)
    .setJti(randomUUID())
    .sign(key);
}
