import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { clientCommand } from '../../cli/client/command';
import { loadConfiguration } from '../../stacks/config/load';
import { ACME, PLATFORM } from '../stacks/config/fixture';
import { TemporaryProject } from './support/project';

// Processes start slowly where much else runs.
jest.setTimeout(60_000);

const KEY = '.nuts-saas/clients/acme/ehr.pem';
const COMMENTED = `# Acme Care, contract 4711
${ACME.replace('didMethods: [web]', 'didMethods: [web] # did:nuts not before 2027')}# No \`api\` yet.
`;

let project: TemporaryProject;
let printed: string[];

beforeEach(() => {
  project = new TemporaryProject({ 'platform.yaml': PLATFORM, 'tenants/acme.yaml': COMMENTED });
  printed = [];
  jest.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
});

afterEach(() => {
  jest.restoreAllMocks();
  project.remove();
});

const client = (...words: string[]) => clientCommand().exitOverride().parseAsync(words, { from: 'user' });
const api = () => loadConfiguration(project.directory).tenants[0]?.api;

test('it writes the public half into the file, which stays as its author wrote it', async () => {
  await client('add', 'acme', 'ehr');

  const text = project.read('tenants/acme.yaml');
  for (const line of [
    '# Acme Care, contract 4711',
    'didMethods: [web] # did:nuts not before 2027',
    '# No `api` yet.',
    'subnet: 10.81.0.16/28',
  ])
    expect(text).toContain(line);
  expect(text).not.toContain('PRIVATE');
  expect(api()?.clients).toEqual({
    ehr: { keys: [expect.stringMatching(/^ssh-ed25519 /) as string], addresses: ['10.80.0.1'] },
  });
});

test('the private half is for the user of this machine only', async () => {
  await client('add', 'acme', 'ehr');

  expect(project.read(KEY)).toMatch(/^-----BEGIN PRIVATE KEY-----/);
  expect(statSync(join(project.directory, KEY)).mode & 0o777).toBe(0o600);
  expect(statSync(join(project.directory, '.nuts-saas/clients')).mode & 0o077).toBe(0);
  expect(printed.join('\n')).not.toContain('PRIVATE');
});

test('a client calls from this machine, or from where --from says', async () => {
  await client('add', 'acme', 'ehr');
  await client('add', 'acme', 'viewer');
  await client('add', 'acme', 'mobile', '--from', '203.0.113.7', '198.51.100.0/24');
  const addresses = Object.entries(api()?.clients ?? {}).map(([name, own]) => [name, own.addresses]);
  expect(addresses).toEqual([
    ['ehr', ['10.80.0.1']],
    ['viewer', ['10.80.0.1']],
    ['mobile', ['203.0.113.7', '198.51.100.0/24']],
  ]);
});

test('a client comes from the addresses of the API, where there are some', async () => {
  project.write('tenants/acme.yaml', `${COMMENTED}api: { addresses: [203.0.113.7] }\n`);
  await client('add', 'acme', 'ehr');
  expect(api()?.clients?.ehr?.addresses).toBeUndefined();
});

test.each([
  [['add', 'acme', 'Ehr!'], 'is not a name for a client'],
  [['add', 'acme', '../beta/ehr'], 'is not a name for a client'],
  [['add', 'acme', '__proto__'], 'is not a key that exists here'],
  [['add', 'acme', 'ehr', '--from', '0.0.0.0/0'], 'lets nearly everyone in'],
])('%j is undone, since the configuration refuses the result', async (words, message) => {
  await expect(client(...words)).rejects.toThrow(message);
  expect(project.read('tenants/acme.yaml')).toBe(COMMENTED);
  expect(existsSync(join(project.directory, '.nuts-saas'))).toBe(false);
});

test.each([
  [['add', 'beta', 'ehr'], 'there is no tenant "beta"\n  → known are: acme'],
  [['token', 'acme', 'ehr'], 'nuts-saas client add acme ehr makes one'],
  [['rotate', 'acme', 'ehr'], 'nuts-saas client add acme ehr makes it'],
  [['revoke', 'acme', 'ehr', '--yes'], 'has no client "ehr"'],
  [['list', 'beta'], 'there is no tenant "beta"'],
])('%j fails, and says what would help', async (words, message) => {
  await expect(client(...words)).rejects.toThrow(message);
  expect(project.read('tenants/acme.yaml')).toBe(COMMENTED);
});

test('a client that exists keeps its key', async () => {
  await client('add', 'acme', 'ehr');
  const key = project.read(KEY);
  await expect(client('add', 'acme', 'ehr')).rejects.toThrow('has a client "ehr" already');
  project.write('tenants/acme.yaml', COMMENTED);
  await expect(client('add', 'acme', 'ehr')).rejects.toThrow('exists');
  expect(project.read(KEY)).toBe(key);
});

test("a token is for the tenant's own API, and for as long as was asked", async () => {
  await client('add', 'acme', 'ehr');
  printed = [];
  await client('token', 'acme', 'ehr', '--hours', '0.5');
  const { aud, iat = 0, exp } = decodeJwt(printed[0] ?? '');
  expect(aud).toBe('api-acme.care.internal');
  expect(exp).toBe(iat + 1800);
});

test.each(['0', '-1', '25', 'many', ''])('a token for %j hours is refused', async (hours) => {
  await client('add', 'acme', 'ehr');
  await expect(client('token', 'acme', 'ehr', `--hours=${hours}`)).rejects.toThrow(
    `--hours ${hours} can't be used`,
  );
});
