import { createPublicKey } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { newKeyPair } from '../../cli/client/key-pair';
import { signToken } from '../../cli/client/token';
import { publicKeyFault } from '../../stacks/config/public-key';

const PAIR = newKeyPair();
const CLAIMS = { client: 'ehr', audience: 'api-acme.care.nl', lifetimeSeconds: 3600 };

/** The fields of an OpenSSH public key, each with its length before it (RFC 4253, section 6.6; RFC 8709). */
function fieldsOf(line: string): Buffer[] {
  const blob = Buffer.from(line.split(' ')[1] ?? '', 'base64');
  const fields: Buffer[] = [];
  for (let offset = 0; offset < blob.length;) {
    const length = blob.readUInt32BE(offset);
    fields.push(blob.subarray(offset + 4, offset + 4 + length));
    offset += 4 + length;
  }
  return fields;
}

test('the public key has the form of OpenSSH, and belongs to the private one', () => {
  expect(PAIR.publicKey).toMatch(/^ssh-ed25519 [A-Za-z0-9+/]{68}$/);
  const [algorithm, key, ...rest] = fieldsOf(PAIR.publicKey);
  expect(algorithm?.toString()).toBe('ssh-ed25519');
  expect(key).toHaveLength(32);
  expect(rest).toEqual([]);
  expect(createPublicKey(PAIR.privateKey).export({ format: 'jwk' }).x).toBe(key?.toString('base64url'));
});

test('the configuration takes it', () => {
  expect(publicKeyFault(PAIR.publicKey)).toBeUndefined();
});

test('no two pairs are the same', () => {
  expect(newKeyPair().publicKey).not.toBe(PAIR.publicKey);
});

test('a token is signed with the key that the node knows', async () => {
  const token = await signToken(PAIR.privateKey, CLAIMS);
  const { payload } = await jwtVerify(token, createPublicKey(PAIR.privateKey), {
    audience: 'api-acme.care.nl',
    algorithms: ['EdDSA'],
  });
  expect(payload.sub).toBe('ehr');
  await expect(jwtVerify(token, createPublicKey(newKeyPair().privateKey))).rejects.toThrow(
    'signature verification failed',
  );
});

test('a token has what token_v2 asks for, and no more', async () => {
  const before = Math.floor(Date.now() / 1000);
  const token = await signToken(PAIR.privateKey, CLAIMS);
  // The node finds the key by its fingerprint (docs/pages/integrating/api-authentication.rst).
  expect(decodeProtectedHeader(token)).toEqual({
    alg: 'EdDSA',
    kid: expect.stringMatching(/^[\w-]{43}$/) as string,
  });
  const claims = decodeJwt(token);
  expect(Object.keys(claims).sort()).toEqual(['aud', 'exp', 'iat', 'iss', 'jti', 'nbf', 'sub']);
  expect(claims).toMatchObject({ aud: 'api-acme.care.nl', iss: 'ehr', sub: 'ehr' });
  const { iat = 0, nbf, exp } = claims;
  expect(iat - before).toBeLessThan(5);
  expect(nbf).toBe(iat);
  expect(exp).toBe(iat + 3600);
});

test('no two tokens are the same, so that each can be told apart in a log', async () => {
  const ids = await Promise.all(
    [1, 2].map(async () => decodeJwt(await signToken(PAIR.privateKey, CLAIMS)).jti),
  );
  expect(new Set(ids).size).toBe(2);
});
