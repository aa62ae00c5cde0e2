import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { decodeProtectedHeader } from 'jose';
import { clientCommand } from '../../cli/client/command';
import { fingerprint } from '../../cli/client/key-pair';
import { loadConfiguration } from '../../stacks/config/load';
import { ACME, PLATFORM } from '../stacks/config/fixture';
import { ED25519 } from '../stacks/config/keys';
import { TemporaryProject } from './support/project';

jest.setTimeout(60_000);

const COMMENTED = `${ACME}api: # contract 4711
  addresses: [203.0.113.7] # the office
  clients:
    viewer: { keys: [${ED25519}] } # made by the supplier
`;

let project: TemporaryProject;
let printed: string[];

beforeEach(async () => {
  project = new TemporaryProject({ 'platform.yaml': PLATFORM, 'tenants/acme.yaml': COMMENTED });
  jest.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
  printed = [];
  await client('add', 'acme', 'ehr');
});

afterEach(() => {
  jest.restoreAllMocks();
  project.remove();
});

async function client(...words: string[]): Promise<string> {
  printed = [];
  await clientCommand().exitOverride().parseAsync(words, { from: 'user' });
  return printed.join('\n');
}

const clients = () => loadConfiguration(project.directory).tenants[0]?.api?.clients ?? {};
const fingerprints = () => clients().ehr?.keys.map(fingerprint) ?? [];
const keyFiles = () => readdirSync(join(project.directory, '.nuts-saas/clients/acme')).sort();
const kid = async (...words: string[]) =>
  decodeProtectedHeader(await client('token', 'acme', 'ehr', ...words)).kid;

test('a rotated client has two keys; tokens are signed with the new one, or with the one that was asked for', async () => {
  const before = await kid();
  const text = await client('rotate', 'acme', 'ehr');

  const [old = '', fresh = ''] = fingerprints();
  expect(fingerprints()).toHaveLength(2);
  expect(text).toContain(`nuts-saas client revoke acme ehr --key ${old}`);
  expect(keyFiles()).toEqual([expect.stringMatching(/^ehr\.[0-9a-f]{12}\.pem$/), 'ehr.pem']);
  expect(await kid()).not.toBe(before);
  expect(await kid('--key', old)).toBe(before);
  expect(await kid('--key', fresh)).toBe(await kid());
});

test('revoking the old key leaves the new one, and everything else in the file', async () => {
  await client('rotate', 'acme', 'ehr');
  const [old = '', fresh] = fingerprints();
  const text = await client('revoke', 'acme', 'ehr', '--key', old, '--yes');

  expect(fingerprints()).toEqual([fresh]);
  expect(keyFiles()).toEqual(['ehr.pem']);
  expect(text).toContain('nuts-saas apply tenant-acme');
  for (const comment of ['# contract 4711', '# the office', '# made by the supplier'])
    expect(project.read('tenants/acme.yaml')).toContain(comment);
  await expect(client('token', 'acme', 'ehr', '--key', old)).rejects.toThrow(
    `private key of ${old} isn't here`,
  );
});

test('revoking a client takes its keys and its addresses away', async () => {
  await client('rotate', 'acme', 'ehr');
  await client('revoke', 'acme', 'ehr', '--yes');
  expect(Object.keys(clients())).toEqual(['viewer']);
  expect(keyFiles()).toEqual([]);
  for (const comment of ['# contract 4711', '# the office', '# made by the supplier'])
    expect(project.read('tenants/acme.yaml')).toContain(comment);
});

test('revoking the last client leaves no empty keys behind', async () => {
  project.write('tenants/acme.yaml', ACME);
  await client('add', 'acme', 'his');
  await client('revoke', 'acme', 'his', '--yes');
  expect(project.read('tenants/acme.yaml')).toBe(ACME);
});

test('nobody is asked where nobody can answer, and nothing is lost', async () => {
  await expect(client('revoke', 'acme', 'ehr')).rejects.toThrow('say --yes to revoke client ehr');
  expect(fingerprints()).toHaveLength(1);
  expect(keyFiles()).toEqual(['ehr.pem']);
});

test('the only key is not revoked by itself, and more than three are refused', async () => {
  const [only = ''] = fingerprints();
  await expect(client('revoke', 'acme', 'ehr', '--key', only, '--yes')).rejects.toThrow('is the only key');
  await expect(client('revoke', 'acme', 'ehr', '--key', 'SHA256:x', '--yes')).rejects.toThrow(
    `its keys are: ${only}`,
  );
  await client('rotate', 'acme', 'ehr');
  await client('rotate', 'acme', 'ehr');
  await expect(client('rotate', 'acme', 'ehr')).rejects.toThrow('too many entries');
  expect(fingerprints()).toHaveLength(3);
  expect(keyFiles()).toHaveLength(3);
});

test('the list says which keys there are, which of them are here, and from where a client calls', async () => {
  const text = await client('list', 'acme');
  const [key = ''] = fingerprints();
  expect(text.split('\n')).toEqual([
    expect.stringMatching(/^TENANT +CLIENT +KEY +PRIVATE KEY +ADDRESSES$/),
    expect.stringMatching(/^acme +viewer +SHA256:\S{43} +elsewhere +the API's$/),
    `acme    ehr     ${key}  here         the API's`,
  ]);
  expect(JSON.parse(await client('list', '--json'))).toEqual([
    { tenant: 'acme', client: 'viewer', keys: [{ fingerprint: fingerprint(ED25519) }], addresses: [] },
    {
      tenant: 'acme',
      client: 'ehr',
      keys: [{ fingerprint: key, privateKeyFile: expect.stringMatching(/ehr\.pem$/) as string }],
      addresses: [],
    },
  ]);
  expect(text).not.toContain('PRIVATE KEY-');
});
