import { DOCUMENTED_OPTIONS } from '../../../lib/tenant/node-config/documented-options';
import { nodeOptionProblem } from '../../../lib/tenant/node-config/options';
import { Subnet } from '../../../lib/subnet';
import { freeSubnet } from '../../../stacks/config/free-subnet';
import { publicKeyFault } from '../../../stacks/config/public-key';
import { looksSecret } from '../../../stacks/config/secrets';
import { suggestion } from '../../../stacks/config/suggestion';
import { ECDSA_256, ECDSA_384, ECDSA_521, ED25519, RSA_1024, RSA_2048 } from './keys';

describe('public keys', () => {
  test.each([ED25519, ECDSA_256, ECDSA_384, ECDSA_521, RSA_2048])('%.20s is fine', (key) => {
    expect(publicKeyFault(key)).toBeUndefined();
  });

  test.each([
    [RSA_1024, '1024 bits'],
    ['ssh-dss AAAAB3NzaC1kc3MAAACBA', 'DSA'],
    ['sk-ssh-ed25519@openssh.com AAAA', 'not an OpenSSH public key'],
    ['constructor AAAA', 'not an OpenSSH public key'],
    ['', 'not an OpenSSH public key'],
    ['-----BEGIN PUBLIC KEY-----', 'in PEM'],
    ['-----BEGIN OPENSSH PRIVATE KEY-----', 'a private key'],
    [`${ED25519} me@host`, 'comment'],
    [ED25519.slice(0, -4), 'damaged'],
    [`${ED25519}====`, 'damaged'],
    [ED25519.replace('ssh-ed25519', 'ssh-rsa'), 'damaged'],
    ['ssh-rsa', 'damaged'],
    [blob('ssh-ed25519', Buffer.alloc(31)), 'damaged'],
    [blob('ssh-ed25519', Buffer.alloc(32), Buffer.alloc(1)), 'damaged'],
    [
      blob(
        'ecdsa-sha2-nistp256',
        Buffer.from('nistp256'),
        Buffer.concat([Buffer.from([4]), Buffer.alloc(64, 1)]),
      ),
      'damaged',
    ],
    [blob('ssh-rsa', Buffer.from([1, 0, 1]), Buffer.alloc(256, 0xff)), 'damaged'],
    [blob('ssh-rsa', Buffer.from([1]), Buffer.alloc(257, 0x7f)), 'damaged'],
  ])('%.30s is refused', (key, message) => {
    expect(publicKeyFault(key)?.message).toContain(message);
  });

  function blob(type: string, ...fields: Buffer[]): string {
    const parts = [Buffer.from(type), ...fields].flatMap((field) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(field.length);
      return [length, field];
    });
    return `${type} ${Buffer.concat(parts).toString('base64')}`;
  }
});

test('a free subnet comes after those in use, and fills a gap only when there is no other', () => {
  const pool = Subnet.parse('10.81.0.0/26');
  const next = (...used: string[]) =>
    freeSubnet(
      pool,
      used.map((cidr) => Subnet.parse(cidr)),
    )?.cidr;

  expect(next()).toBe('10.81.0.0/28');
  expect(next('10.81.0.16/28')).toBe('10.81.0.32/28');
  expect(next('10.81.0.0/28', '10.81.0.48/29')).toBe('10.81.0.16/28');
  expect(next('10.81.0.0/26')).toBeUndefined();
});

test.each([
  ['wbe', ['web', 'nuts'], 'web'],
  ['v5', ['v6', 'v5.4'], 'v5.4'],
  ['v6.2.10', ['v6', 'v5.4'], 'v6'],
  ['ACTIVE', ['active', 'removed'], 'active'],
  ['suspended', ['active', 'removed'], undefined],
  ['', ['active'], undefined],
  ['x', ['v6'], undefined],
])('%s of %j means %s', (written, candidates, meant) => {
  expect(suggestion(written, candidates)).toBe(meant);
});

test.each([
  ['https://acme.care.internal/a-rather-long-path-with-words', false],
  ['/etc/letsencrypt/live/care.nl/fullchain.pem', false],
  [`redis@sha256:${'a1'.repeat(32)}`, false],
  ['ssh-ed25519', false],
  ['s.1234567890abcdefABCDEF12', true],
  ['eyJhbGciOiJFZERTQSJ9.eyJpc3MiOiJhY21lIn0.c2ln', true],
  ['0123456789abcdef0123456789ABCDEF', true],
])('%s: is it secret? %s', (text, isSecret) => {
  expect(looksSecret(text)).toBe(isSecret);
});

describe('options of the node', () => {
  test.each([
    'strictmode',
    'url',
    'didmethods',
    'datadir',
    'configfile',
    'cpuprofile',
    'internalratelimiter',
    'http',
    'http.log',
    'http.alt.internal.address',
    'tls.offload',
    'crypto.storage',
    'storage.sql.connection',
    'storage.redis.address',
    'events.nats.hostname',
    'auth.publicurl',
    'network.grpcaddr',
    'network.enabletls',
    'network.certfile',
    'network.disablenodeauthentication',
    'network.bootstrapnodes',
    'pki.denylist.url',
    'tracing.insecure',
    'any.token',
    'any.password',
    'clientsecret',
    'some.connection',
    'strictmode.x',
    'network',
    'auth',
    'pki',
    'auth.irma',
  ])("%s can't be set", (key) => {
    expect(nodeOptionProblem(key)).toEqual(expect.any(String));
  });

  test.each([
    'verbosity',
    'loggerformat',
    'goldenhammer.enabled',
    'httpclient.timeout',
    'pki.softfail',
    'network.nodedid',
    'made.up',
  ])('%s can be set', (key) => {
    expect(nodeOptionProblem(key)).toBeUndefined();
  });

  test('a refusal names what to set instead', () => {
    expect(nodeOptionProblem('network.bootstrapnodes')).toContain("platform's network.bootstrapNodes");
  });

  test('the documented ones are those of both releases', () => {
    expect(DOCUMENTED_OPTIONS.v6).toContain('storage.sql.connection');
    expect(DOCUMENTED_OPTIONS.v6).toContain('goldenhammer.enabled');
    expect(DOCUMENTED_OPTIONS['v5.4']).toContain('http.default.address');
  });
});
