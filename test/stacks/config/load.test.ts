import { join } from 'node:path';
import { loadConfiguration } from '../../../stacks/config/load';
import { ACME, BETA, load, PLATFORM, platformProblems, problemsOf, tenantProblems } from './fixture';
import { ED25519 } from './keys';

const two = (acme: string, beta: string) =>
  problemsOf({ 'platform.yaml': PLATFORM, 'tenants/acme.yaml': acme, 'tenants/beta.yaml': beta });

test("the repository's own configuration is fine", () => {
  const { platform, tenants } = loadConfiguration(join(__dirname, '../../..'));

  expect(platform.domain).toBe('saas.internal');
  expect(tenants.map(({ id }) => id)).toEqual(['acme', 'beta']);
});

test('tenants come in the order of their ids', () => {
  const files = {
    'tenants/a.yaml': BETA.replaceAll('beta', 'a'),
    'tenants/a-1.yaml': ACME.replaceAll('acme', 'a-1'),
  };

  expect(load({ 'platform.yaml': PLATFORM, ...files }).tenants.map(({ id }) => id)).toEqual(['a', 'a-1']);
});

test('a platform without tenants is fine, and so are files of another kind', () => {
  const files = { 'tenants/README.md': '#', 'tenants/.#acme.yaml': '' };

  expect(load({ 'platform.yaml': PLATFORM, ...files }).tenants).toEqual([]);
});

test('all mistakes are told at once, in reading order, with the remedy of each', () => {
  const files = {
    'platform.yaml': 'domain: care.internal\nenvironment: prodution\nzzz: 1\n',
    'tenants/beta.yaml': BETA.replace('web', 'wbe').replace('subnet: 10.81.0.32/28\n', ''),
    'tenants/acme.yaml': ACME,
  };

  expect(() => load(files)).toThrow(
    new Error(
      [
        'platform.yaml:2  environment: "prodution" is not one of: development, production',
        '    → did you mean production?',
        'platform.yaml:3  zzz is not a key that exists here',
        '    → remove it, or use one of: name, environment, domain, networks, proxy, vault, network, redis, egress, health, images, backend, guardrails',
        'tenants/beta.yaml:1  subnet is missing',
        '    → write subnet: 10.81.0.32/28, which is free; a tenant that exists keeps the subnet it has',
        'tenants/beta.yaml:4  didMethods.0: "wbe" is not one of: web, nuts',
        '    → did you mean web?',
      ].join('\n'),
    ),
  );
});

test('files and directories that are missing or misnamed', () => {
  expect(problemsOf({ 'tenants/acme.yml': ACME })).toMatchObject([
    { file: 'platform.yaml', message: expect.stringContaining('ENOENT') as string },
    { file: 'tenants/acme.yml', remedy: 'rename it to acme.yaml' },
  ]);
  expect(problemsOf({ 'platform.yaml': PLATFORM })).toMatchObject([
    { file: 'tenants', remedy: expect.stringContaining('make a directory') as string },
  ]);
  expect(problemsOf({ 'platform.yaml': PLATFORM, 'tenants/acme.yaml/': '' })).toMatchObject([
    { file: 'tenants/acme.yaml', message: expect.stringContaining('EISDIR') as string },
  ]);
});

test.each([
  ['a key that is written twice', 'domain: a.nl\n', 3, 'a key is written twice'],
  ['a slip', 'name: [\n', 4, 'not valid YAML'],
  ['a second document', '---\na: 1\n', 3, 'not valid YAML'],
  ['an unknown tag', 'name: !secret x\n', 3, 'not valid YAML'],
])('%s is told with its line', (_, text, line, message) => {
  expect(platformProblems(PLATFORM + text)).toMatchObject([
    { file: 'platform.yaml', line, message: expect.stringContaining(message) as string },
  ]);
});

test.each([
  ['', 'the file is empty'],
  ['# only a comment', 'the file is empty'],
  ['- a', 'the file is not a set of keys'],
  ['*nobody', 'not'],
  ['['.repeat(20_000), 'not'],
])('a file that holds no keys: %.10s', (text, message) => {
  expect(platformProblems(text)).toMatchObject([
    { file: 'platform.yaml', message: expect.stringContaining(message) as string },
  ]);
});

test('a tenant has the name of its file, and no other tenant has', () => {
  expect(two(ACME, ACME.replace('0.16', '0.32'))).toMatchObject([
    {
      file: 'tenants/beta.yaml',
      line: 1,
      key: 'id',
      value: '"acme"',
      message: 'is the id of tenants/acme.yaml already',
      remedy: expect.stringContaining('write id: beta') as string,
    },
  ]);
  expect(problemsOf({ 'platform.yaml': PLATFORM, 'tenants/Acme.yaml': ACME })).toMatchObject([
    {
      file: 'tenants/Acme.yaml',
      key: 'id',
      message: "is not the file's name",
      remedy: expect.stringContaining('rename the file') as string,
    },
  ]);
});

test('no two tenants have an address in common, and each is told another free subnet', () => {
  const files = Object.fromEntries(
    ['b', 'c', 'd'].map((id) => [`tenants/${id}.yaml`, ACME.replaceAll('acme', id).replace('16/28', '0/27')]),
  );

  expect(problemsOf({ 'platform.yaml': PLATFORM, ...files })).toMatchObject([
    {
      file: 'tenants/c.yaml',
      key: 'subnet',
      line: 5,
      message: expect.stringContaining('tenants/b.yaml (10.81.0.0/27)') as string,
      remedy: expect.stringContaining('10.81.0.32/28') as string,
    },
    { file: 'tenants/d.yaml', key: 'subnet', remedy: expect.stringContaining('10.81.0.48/28') as string },
  ]);
});

test("no two tenants have a host in common, not even on the customer's domain", () => {
  const host = 'https://nuts.care.nl';

  expect(
    two(ACME.replace('https://acme.care.internal', host), BETA.replace('https://beta.care.internal', host)),
  ).toMatchObject([
    {
      file: 'tenants/beta.yaml',
      line: 3,
      key: 'url',
      message: expect.stringContaining('host of tenants/acme.yaml') as string,
    },
  ]);
});

test('no two tenants take the same public key', () => {
  const api = `api: { addresses: [10.0.0.1], clients: { ehr: { keys: [${ED25519}] } } }`;

  expect(two(ACME + api, BETA + api)).toMatchObject([
    {
      file: 'tenants/beta.yaml',
      line: 6,
      key: 'api.clients.ehr.keys.0',
      message: expect.stringContaining('client ehr in tenants/acme.yaml') as string,
      remedy: expect.stringContaining('nuts-saas client add beta ehr') as string,
    },
  ]);
});

test.each([
  'hvs.CAESIJlU9JMYEhOPYv4igdhm9PnZDrabYTobQ4',
  'AKIAIOSFODNN7EXAMPLE',
  'c2VjcmV0IHNlY3JldCBzZWNyZXQgMTIz',
  'https://me:geheim@care.nl',
  '-----BEGIN PRIVATE KEY-----',
])('a secret is never shown, wherever it is: %s', (secret) => {
  const quoted = JSON.stringify(secret);
  const texts = [
    'id',
    'release',
    'url',
    'subnet',
    'image',
    'state',
    'pasword',
    'didMethods',
    'generation',
    quoted,
  ].map((key) => `${ACME.replace(new RegExp(`^${key}:.*\n`, 'm'), '')}${key}: ${quoted}\n`);
  const nested = [
    `api: { addresses: [${quoted}], clientCertificateAuthority: ${quoted}, forwardAuth: ${quoted}, clients: { ehr: ${quoted}, his: { keys: [${quoted}], addresses: [${quoted}] } }, administration: { addresses: [${quoted}], forwardAuth: ${quoted} } }`,
    `api: { clients: { ${quoted}: ${quoted} } }`,
    `options: { ${quoted}: 1, x.token: ${quoted} }`,
    `${quoted}\n`,
    `x: [${quoted} ${quoted}\n ${quoted}: "${secret}`,
    `x: !${secret} y\n? &${secret} z : *${secret}`,
  ];
  for (const text of [...texts, ...nested.map((more) => `${ACME}${more}`)]) {
    const problems = tenantProblems(text);

    expect(problems).not.toEqual([]);
    expect(JSON.stringify(problems)).not.toContain(secret);
  }
});
