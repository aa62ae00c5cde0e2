import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { jwtVerify } from 'jose';
import {
  ed25519,
  embeddedKey,
  forge,
  goodClaims,
  keyConfusion,
  rsa,
  unsigned,
} from '../../../cli/prove-isolation/live/attacks/forged-tokens';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const CLAIMS = goodClaims('ehr', 'api-acme.saas.internal');

it('makes a token that holds, so that what is wrong with the others is only what they say', async () => {
  const { payload } = await jwtVerify(forge(ed25519(privateKey, 'k'), CLAIMS), publicKey, {
    audience: 'api-acme.saas.internal',
    issuer: 'ehr',
  });
  expect(payload.jti).toBe(CLAIMS.jti);
});

it('signs a confused key in the way that a careless node would check', async () => {
  const text = 'ssh-ed25519 AAAA';
  const token = forge(keyConfusion(text, 'k'), CLAIMS);
  await expect(jwtVerify(token, new TextEncoder().encode(text))).resolves.toMatchObject({
    payload: { iss: 'ehr' },
  });
});

it('brings along the key with which it is signed', async () => {
  const token = forge(embeddedKey('k'), CLAIMS);
  const header = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as {
    jwk: Record<string, string>;
  };
  await expect(jwtVerify(token, createPublicKey({ key: header.jwk, format: 'jwk' }))).resolves.toBeDefined();
});

it.each(['none', 'EdDSA'])('leaves out the signature for "%s"', (alg) => {
  expect(forge(unsigned(alg, 'k'), CLAIMS)).toMatch(/^[\w-]+\.[\w-]+\.$/);
});

it.each(['RS256', 'PS256'] as const)('signs with %s', (alg) => {
  expect(forge(rsa(alg, 'k'), CLAIMS).split('.')[2]).toHaveLength(342);
});
