import { certificatesCommand } from '../../cli/certificates/command';
import { readyStacks, unreadyTenants } from '../../cli/readiness';
import { openProject } from '../../cli/project';
import { SHARED_CERTIFICATE_RISKS } from '../../lib';
import { ACME } from '../stacks/config/fixture';
import { TestAuthority } from './support/authority';
import { FakeVault } from './support/fake-vault';
import { TemporaryProject } from './support/project';

// Making an RSA key takes its time where much else runs.
jest.setTimeout(60_000);

const HOST = 'nuts-acme.care.internal';
const OWN = `${ACME.replace('[web]', '[web, nuts]')}certificate: { source: own }\n`;

let vault: FakeVault;
let project: TemporaryProject;
let authority: TestAuthority;
let printed: string;

beforeAll(async () => {
  authority = await TestAuthority.create('Network');
});

beforeEach(async () => {
  vault = await FakeVault.start(['tenants/acme', 'nuts-shared']);
  project = new TemporaryProject({
    'platform.yaml': platform(authority),
    'tenants/acme.yaml': OWN,
    '.nuts-saas/vault/operator-token': 'token',
  });
  printed = '';
  const print = (text: unknown) => {
    printed += `${String(text)}\n`;
    return true;
  };
  jest.spyOn(console, 'log').mockImplementation(print);
  jest.spyOn(console, 'error').mockImplementation(print);
  jest.spyOn(process.stdout, 'write').mockImplementation(print);
});

afterEach(() => {
  jest.restoreAllMocks();
  project.remove();
  vault.stop();
});

function platform(...authorities: readonly TestAuthority[]): string {
  const pem = authorities.map((one) => one.pem).join('');
  return `environment: development
domain: care.internal
vault: { kind: local, port: ${vault.port} }
network:
  truststore: |
${pem.replaceAll(/^(?=.)/gm, '    ')}`;
}

const certificates = (...words: string[]) =>
  certificatesCommand().exitOverride().parseAsync(words, { from: 'user' });
const pending = () => vault.at('tenants/acme/certificates/pending') as { csr: string; key: string };
const current = () =>
  vault.at('tenants/acme/certificates/node') as { chain: string; key: string } | undefined;
const keys = () =>
  [...vault.secrets.keys()].flatMap(
    (path) => /^tenants\/acme\/certificates\/keys\/(.*)$/.exec(path)?.slice(1) ?? [],
  );

async function importFor(csr: string): Promise<void> {
  const { certificate } = await authority.issue({ hosts: [HOST], csr });
  project.write('chain.pem', `subject=whoever\n${certificate}`);
  await certificates('import', 'acme', 'chain.pem');
}

test('a request leaves the key in Vault, and shows it nowhere', async () => {
  await certificates('request', 'acme', '--organisation', 'Acme');
  expect(keys()).toEqual([pending().key]);
  expect(vault.at(`tenants/acme/certificates/keys/${pending().key}`)).toEqual({
    key: expect.stringMatching(/^-----BEGIN PRIVATE KEY-----/) as string,
  });
  expect(JSON.stringify(pending())).not.toContain('PRIVATE KEY');
  expect(printed).toContain(pending().csr);
  expect(printed).not.toContain('PRIVATE KEY');
});

test('a second request is refused, shown or put in the place of the first', async () => {
  await certificates('request', 'acme');
  const first = pending();
  await expect(certificates('request', 'acme')).rejects.toThrow(/is pending since .*[\s\S]*--replace/);
  printed = '';
  await certificates('request', 'acme', '--show');
  expect(printed).toContain(first.csr);
  await certificates('request', 'acme', '--replace');
  expect(pending().key).not.toBe(first.key);
  expect(keys()).toEqual([pending().key]);
  await expect(importFor(first.csr)).rejects.toThrow('Vault has no private half for it');
});

test('an import is one write, and ends the request', async () => {
  await certificates('request', 'acme');
  const { csr, key } = pending();
  await importFor(csr);
  expect(current()).toMatchObject({ key, chain: expect.stringMatching(/^-----BEGIN CERT/) as string });
  expect(pending()).toBeUndefined();
  expect(vault.secrets.get('tenants/acme/certificates/node')).toHaveLength(1);
});

test('the key before stays for who has not seen the new one yet, and goes with the next', async () => {
  const used: string[] = [];
  for (let round = 0; round < 3; round++) {
    await certificates('request', 'acme');
    const { csr, key } = pending();
    used.push(key);
    await importFor(csr);
  }
  expect(keys().sort()).toEqual(used.slice(1).sort());
  expect(current()?.key).toBe(used[2]);
});

test('what is wrong with a certificate is all told at once, and nothing is stored', async () => {
  await certificates('request', 'acme');
  const other = await TestAuthority.create('Other');
  const { certificate } = await other.issue({ hosts: ['nuts-beta.care.internal'] });
  project.write('chain.pem', certificate);
  await expect(certificates('import', 'acme', 'chain.pem')).rejects.toThrow(
    /nothing was stored:\n {2}- it is not for nuts-acme[\s\S]*- it leads to no authority[\s\S]*- it is for another key/,
  );
  expect(current()).toBeUndefined();
});

test.each([
  [['request'], 'whose certificate?'],
  [['request', 'acme', '--shared'], 'whose certificate?'],
  [['request', '--shared'], 'no tenant shares a certificate'],
  [['request', 'beta'], 'there is no tenant "beta"'],
  [['request', 'acme', '--country', 'Holland'], 'write two capitals'],
  [['request', 'acme', '--show'], 'no request of acme is pending'],
  [['import', 'acme'], 'whose certificate, and in which file?'],
  [['import', 'acme', 'no.pem'], "no.pem can't be read"],
  [['import', 'acme', 'platform.yaml', 'x'], 'whose certificate, and in which file?'],
  [['revoke', 'acme'], "has no certificate of the platform's own authority"],
  [['--within', 'soon'], '--within soon can'],
])('%j fails, and changes nothing', async (words, message) => {
  await expect(certificates(...words)).rejects.toThrow(message);
  expect(vault.secrets.size).toBe(0);
});

test.each([
  [OWN.replace('certificate: { source: own }', ''), "comes from the platform's own authority"],
  [ACME, "it isn't in the network of did:nuts"],
  [`${OWN}state: removed\n`, 'is removed'],
])('nothing is ordered for whom needs nothing', async (tenant, message) => {
  project.write('tenants/acme.yaml', tenant);
  await expect(certificates('request', 'acme')).rejects.toThrow(message);
});

test('a tenant is ready when its certificate is there, and its authority too', async () => {
  const state = async () => (await unreadyTenants(openProject())).map((one) => [one.tenant, one.state]);
  expect(await state()).toEqual([['acme', 'waits for its certificate']]);
  await certificates('request', 'acme');
  expect(await state()).toEqual([['acme', 'waits for its certificate']]);
  await importFor(pending().csr);
  expect(await state()).toEqual([]);

  const next = await TestAuthority.create('Next');
  project.write('platform.yaml', platform(authority, next));
  expect(await state()).toEqual([]);
  project.write('platform.yaml', platform(next));
  expect(await state()).toEqual([['acme', 'authority dropped']]);
});

test('a token with the policy of an older release is told from a certificate that is missing', async () => {
  vault.closed = 'tenants/acme/data/certificates';
  await expect(unreadyTenants(openProject())).rejects.toThrow(
    'give it the policy in policies/vault-operator.hcl',
  );
});

test('who shares a certificate waits for the same one', async () => {
  const shared = OWN.replace('own', `shared, acceptRisks: '${SHARED_CERTIFICATE_RISKS}'`);
  project.write('tenants/acme.yaml', shared);
  project.write('tenants/beta.yaml', shared.replaceAll('acme', 'beta').replace('0.16/28', '0.32/28'));
  expect(await unreadyTenants(openProject())).toHaveLength(2);
  await certificates('request', '--shared');
  const { csr, hosts } = vault.at('nuts-shared/certificates/pending') as { csr: string; hosts: string[] };
  expect(hosts).toEqual([HOST, 'nuts-beta.care.internal']);
  const half = await authority.issue({ hosts: [HOST], csr });
  project.write('chain.pem', half.certificate);
  await expect(certificates('import', '--shared', 'chain.pem')).rejects.toThrow('not for nuts-beta');
  project.write('chain.pem', (await authority.issue({ hosts, csr })).certificate);
  await certificates('import', '--shared', 'chain.pem');
  expect(await unreadyTenants(openProject())).toEqual([]);
});

test('patterns mean the stacks that they meant, without those that are not ready', () => {
  const unready = [{ tenant: 'acme', state: '', message: '', remedy: '' }];
  const configured = openProject();
  const select = (...patterns: string[]) => readyStacks(configured, patterns, unready);
  expect(select('platform', 'tenant-*')).toEqual({ ready: ['platform'], refused: unready });
  expect(select('tenant-acme')).toEqual({ ready: [], refused: unready });
  expect(select('tenant-b*')).toEqual({ ready: ['tenant-b*'], refused: [] });
  expect(select('tenant.acme')).toEqual({ ready: ['tenant.acme'], refused: [] });
});
