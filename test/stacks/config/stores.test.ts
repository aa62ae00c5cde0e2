import { ACME, load, PLATFORM, problemsOf } from './fixture';
import { CERTIFICATE } from './keys';

const OWN = `${PLATFORM}redis: { kind: own }\n`;
const GIVEN = `${PLATFORM}redis:
  kind: given
  host: redis.care.nl
  certificateAuthority: |
${CERTIFICATE.trim().replaceAll(/^/gm, '    ')}
`;
const files = (platform: string, tenant: string) => ({
  'platform.yaml': platform,
  'tenants/acme.yaml': ACME + tenant,
});

test('a Redis to share has a subnet, a port and memory by itself', () => {
  expect(load(files(OWN, '')).platform.redis).toEqual({ kind: 'own', subnet: '10.80.2.0/24', memory: 512 });
  expect(load(files(GIVEN, '')).platform.redis).toMatchObject({
    kind: 'given',
    host: 'redis.care.nl',
    port: 6379,
  });
});

test.each([
  ['a part of it', OWN, 'redis: { mode: shared }\n'],
  ['two passwords', OWN, 'redis: { mode: shared, passwords: [4, 7] }\n'],
  ['a part of one that is given', GIVEN, 'redis: { mode: shared }\n'],
  ['one of its own all the same', OWN, 'redis: { mode: dedicated }\nlimits: { redis: { memory: 256 } }\n'],
])('%s is fine', (_, platform, tenant) => {
  expect(problemsOf(files(platform, tenant))).toEqual([]);
});

test.each([
  [
    'passwords that don’t rise',
    OWN,
    'redis: { mode: shared, passwords: [2, 2] }\n',
    'redis.passwords',
    'does not rise',
    '[1, 2]',
  ],
  [
    'three passwords',
    OWN,
    'redis: { mode: shared, passwords: [1, 2, 3] }\n',
    'redis.passwords',
    'has too many entries',
    'keep 2 at most',
  ],
  [
    'passwords of a Redis that is given',
    GIVEN,
    'redis: { mode: shared, passwords: [1] }\n',
    'redis.passwords',
    'whoever runs it makes the passwords',
    'nuts-saas secret set',
  ],
  [
    'memory of something that isn’t there',
    OWN,
    'redis: { mode: shared }\nlimits: { redis: { memory: 256 } }\n',
    'limits.redis',
    'has no meaning',
    'redis.memory',
  ],
  [
    'a subnet that is taken',
    OWN.replace('own', 'own, subnet: 10.80.1.0/24'),
    '',
    'redis.subnet',
    'overlaps networks.vault (10.80.1.0/24)',
    'no address in common',
  ],
  [
    'no authority',
    `${PLATFORM}redis: { kind: given, host: redis.care.nl }\n`,
    '',
    'redis.certificateAuthority',
    'is missing',
    'certificateAuthority',
  ],
])('%s: told with the remedy', (_, platform, tenant, key, message, remedy) => {
  const problems = problemsOf(files(platform, tenant));
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatchObject({
    key,
    message: expect.stringContaining(message) as string,
    remedy: expect.stringContaining(remedy) as string,
  });
});
