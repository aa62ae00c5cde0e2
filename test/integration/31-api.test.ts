import {
  createPrivateKey,
  createSecretKey,
  generateKeyPairSync,
  type KeyObject,
  randomUUID,
} from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportJWK, SignJWT, UnsecuredJWT } from 'jose';
import { parseDocument } from 'yaml';
import { fingerprint, publicKeyOf } from '../../cli/client/key-pair';
import { readPrivateFile } from '../../cli/vault/private-file';
import { clientKeyFile } from '../../stacks/local-files';
import { ClientAuthority, type Identity } from './support/client-certificates';
import { call, callApi, type HttpAnswer } from './support/https';
import { eventually, nutsSaas, PROJECT, succeed } from './support/platform';
import { raw, sendRaw } from './support/raw-request';

const SUBJECT = '/internal/vdr/v2/subject';
const FILE = join(PROJECT, 'tenants', 'acme.yaml');
const AUDIENCE = 'api-acme.saas.internal';
const HOUR = 3600;

const before = readFileSync(FILE, 'utf8');
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
let authority: ClientAuthority;
let stranger: ClientAuthority;
let identity: Identity;
let oldKey: KeyObject;
let newKey: KeyObject;

const privateKey = (tenant: string, client: string) =>
  createPrivateKey(readPrivateFile(clientKeyFile(PROJECT, tenant, client)) ?? '');
const get = async (bearer?: string, path = SUBJECT) =>
  (await callApi('acme', path, bearer === undefined ? {} : { bearer })).status;

beforeAll(async () => {
  authority = new ClientAuthority('administrators of care');
  stranger = new ClientAuthority('administrators of care');
  identity = authority.issue('administrator');
  succeed(nutsSaas('client', 'add', 'acme', 'viewer', '--from', '10.80.0.1'));
  oldKey = privateKey('acme', 'viewer');
  succeed(nutsSaas('client', 'rotate', 'acme', 'viewer'));
  newKey = privateKey('acme', 'viewer');
  const document = parseDocument(readFileSync(FILE, 'utf8'));
  document.setIn(
    ['api', 'clients', 'old'],
    document.createNode({ keys: [openSsh(rsa.publicKey)], addresses: ['10.80.0.1'] }),
  );
  document.setIn(
    ['api', 'administration'],
    document.createNode({ clientCertificateAuthority: authority.certificate }),
  );
  writeFileSync(FILE, document.toString());
  succeed(nutsSaas('apply', 'tenant-acme', '--auto-approve'));
  await eventually(async () => {
    expect(await get(await sign(newKey))).toBe(200);
  });
}, 180_000);

afterAll(async () => {
  nutsSaas('client', 'revoke', 'acme', 'viewer', '--yes');
  writeFileSync(FILE, before);
  succeed(nutsSaas('apply', 'tenant-acme', '--auto-approve'));
  await eventually(async () => {
    expect(await get(await sign(privateKey('acme', 'test'), { iss: 'test' }))).toBe(200);
  });
  authority.remove();
  stranger.remove();
}, 180_000);

interface Spoiled {
  readonly alg?: string;
  readonly iss?: string;
  readonly aud?: string;
  readonly sub?: string;
  readonly jti?: string;
  /** Seconds from now. */
  readonly starts?: number;
  readonly ends?: number;
  readonly header?: Record<string, unknown>;
}

/** A token of client viewer that is as it should be, but for what is said. */
async function sign(key: KeyObject, spoiled: Spoiled = {}): Promise<string> {
  const { alg = 'EdDSA', header = {} } = spoiled;
  const kid = fingerprint(
    alg === 'EdDSA' && key.type === 'private' ? publicKeyOf(pem(key)) : openSsh(rsa.publicKey),
  );
  return new SignJWT(claims(spoiled)).setProtectedHeader({ alg, kid, ...header }).sign(key);
}

function claims({
  iss = 'viewer',
  aud = AUDIENCE,
  sub = 'nurse',
  jti = randomUUID(),
  starts = 0,
  ends = HOUR,
}: Spoiled) {
  const now = Math.floor(Date.now() / 1000);
  return { iss, aud, sub, jti, iat: now + starts, nbf: now + starts, exp: now + ends };
}

describe('tokens', () => {
  it('of both keys of a client are good while one takes over from the other', async () => {
    expect(await get(await sign(oldKey))).toBe(200);
    expect(await get(await sign(newKey))).toBe(200);
  });

  it('of an RSA key are good with RS512, which shows that the key is known', async () => {
    expect(await get(await sign(rsa.privateKey, { alg: 'RS512', iss: 'old' }))).toBe(200);
  });

  it.each<[string, () => Promise<string> | string]>([
    ['no longer good', () => sign(newKey, { starts: -2 * HOUR, ends: -HOUR })],
    ['not good yet', () => sign(newKey, { starts: HOUR, ends: 2 * HOUR })],
    ['good for more than a day', () => sign(newKey, { ends: 25 * HOUR })],
    ['dated back, and good for more than a day', () => sign(newKey, { starts: -24 * HOUR, ends: HOUR })],
    ['for another tenant’s API', () => sign(newKey, { aud: 'api-beta.saas.internal' })],
    [
      'for the administration’s host, which is no audience',
      () => sign(newKey, { aud: 'admin-acme.saas.internal' }),
    ],
    ['in the name of another client', () => sign(newKey, { iss: 'test' })],
    ['of nobody', () => sign(newKey, { sub: '' })],
    ['without a number of its own', () => sign(newKey, { jti: 'one' })],
    ['of another tenant’s client of the same name', () => sign(privateKey('beta', 'test'), { iss: 'test' })],
    ['of RS256, with a key that is known', () => sign(rsa.privateKey, { alg: 'RS256', iss: 'old' })],
    ['of RS256, with a key of anybody', () => sign(anyRsa(), { alg: 'RS256' })],
    ['not signed', () => new UnsecuredJWT(claims({})).encode()],
    ['not signed, and with a name of a key', () => unsigned()],
    [
      'signed with the public key as a secret, as OpenSSH writes it',
      () => confused(Buffer.from(publicKeyOf(pem(newKey)))),
    ],
    [
      'signed with the public key as a secret, as bytes',
      async () => confused(Buffer.from((await exportJWK(newKey)).x ?? '', 'base64url')),
    ],
    [
      'signed with the RSA key’s PEM as a secret',
      () => confused(Buffer.from(String(rsa.publicKey.export({ type: 'spki', format: 'pem' }))), 'old'),
    ],
    [
      'that brings its own key',
      async () => {
        const { publicKey, privateKey: own } = generateKeyPairSync('ed25519');
        return sign(own, { header: { jwk: await exportJWK(publicKey) } });
      },
    ],
    [
      'whose signature is another one’s',
      async () => {
        const [head, body] = (await sign(newKey, { sub: 'chief' })).split('.');
        return `${head}.${body}.${(await sign(newKey)).split('.')[2]}`;
      },
    ],
    ['with more than it may hold', () => sign(newKey, { sub: 'x'.repeat(4000) })],
  ])('%s: 401', async (_, make) => {
    expect(await get(await make())).toBe(401);
  });

  it('from an address that nobody named: 403, before the node hears of it', async () => {
    const { status, body } = await call(`https://${AUDIENCE}${SUBJECT}`, {
      localAddress: '127.0.0.1',
      headers: { authorization: `Bearer ${await sign(newKey)}`, 'x-forwarded-for': '10.80.0.1' },
    });
    expect({ status, body }).toEqual({ status: 403, body: 'Forbidden' });
  });

  it.each([
    `//internal/vdr/v2/subject`,
    '/%69nternal/vdr/v2/subject',
    '/x/../internal/vdr/v2/subject',
    `http://${AUDIENCE}/internal/vdr/v2/subject`,
  ])('are asked for at %s, too', async (path) => {
    expect((await sendRaw(AUDIENCE, raw(AUDIENCE, path))).status).toBe(401);
  });
});

describe('administration', () => {
  const ADDRESSBOOK = '/internal/network/v1/addressbook';

  it.each([
    ['POST', SUBJECT],
    ['POST', '/internal/vdr/v1/did'],
    ['POST', `${SUBJECT}/care/service`],
    ['POST', '/internal/vcr/v2/verifier/trust'],
    ['POST', '/internal/crypto/v1/sign_jwt'],
    ['DELETE', `${SUBJECT}/care`],
    ['GET', ADDRESSBOOK],
    ['GET', '/internal//network/v1/addressbook'],
    ['GET', '/internal/vdr/%2e%2e/network/v1/addressbook'],
    ['GET', '/internal/%6eetwork/v1/addressbook'],
  ])('%s %s is not on the API’s host', async (method, path) => {
    const { status, body } = await call(`https://${AUDIENCE}/`, {
      method,
      path,
      headers: { authorization: `Bearer ${await sign(newKey)}` },
    });
    expect({ status, body: body.trim() }).toEqual({ status: 404, body: '404 page not found' });
  });

  const administrate = (who: Partial<Identity>, bearer?: string): Promise<HttpAnswer> =>
    call(`https://admin-acme.saas.internal${ADDRESSBOOK}`, {
      ...who,
      agent: false,
      headers: bearer === undefined ? {} : { authorization: `Bearer ${bearer}` },
    });

  it('needs a certificate and a token', async () => {
    const answer = await administrate(identity, await sign(newKey));
    expect(answer).toMatchObject({ status: 200, contentType: 'application/json' });
    expect((await administrate(identity)).status).toBe(401);
    expect((await administrate(identity, await sign(newKey, { aud: 'x' }))).status).toBe(401);
  });

  it.each([
    ['no certificate', () => ({})],
    ['one that it signed itself', () => authority.selfSigned('self', 'administrator')],
    ['one of another authority of the same name', () => stranger.issue('administrator')],
    ['one that is no longer good', () => authority.issue('expired', -1)],
  ])('refuses %s in the handshake', async (_, who) => {
    await expect(administrate(who(), await sign(newKey))).rejects.toThrow(/alert|socket|ECONNRESET/);
  });

  it('can’t be reached on a connection for the API’s host, with or without a certificate', async () => {
    for (const who of [undefined, identity])
      expect((await sendRaw(AUDIENCE, raw('admin-acme.saas.internal', ADDRESSBOOK), who)).status).toBe(421);
  });
});

it('a revoked key is refused once the tenant is applied, and the other one goes on', async () => {
  const [bad, good] = [fingerprint(publicKeyOf(pem(oldKey))), newKey];
  const output = succeed(nutsSaas('client', 'revoke', 'acme', 'viewer', '--key', bad, '--yes')).stdout;
  expect(output).toContain('nuts-saas apply tenant-acme');
  succeed(nutsSaas('apply', 'tenant-acme', '--auto-approve'));
  await eventually(async () => {
    expect(await get(await sign(good))).toBe(200);
    expect(await get(await sign(oldKey))).toBe(401);
  });
  expect(nutsSaas('client', 'list', 'acme').stdout).not.toContain(bad);
}, 120_000);

function pem(key: KeyObject): string {
  return String(key.export({ type: 'pkcs8', format: 'pem' }));
}

const anyRsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

function unsigned(): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none', kid: fingerprint(publicKeyOf(pem(newKey))) })}.${part(claims({}))}.`;
}

const confused = (secret: Buffer, iss = 'viewer') => sign(createSecretKey(secret), { alg: 'HS256', iss });

/** An RSA key as OpenSSH writes it (RFC 4253, section 6.6). */
function openSsh(key: KeyObject): string {
  const { e = '', n = '' } = key.export({ format: 'jwk' });
  const field = (content: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(content.length);
    return Buffer.concat([length, content]);
  };
  const number = (text: string) => {
    const bytes = Buffer.from(text, 'base64url');
    return field((bytes[0] ?? 0) > 127 ? Buffer.concat([Buffer.alloc(1), bytes]) : bytes);
  };
  return `ssh-rsa ${Buffer.concat([field(Buffer.from('ssh-rsa')), number(e), number(n)]).toString('base64')}`;
}
