import { X509Certificate } from 'node:crypto';
import { certificatesCommand } from '../../cli/certificates/command';
import { newSigningRequest } from '../../cli/certificates/signing-request';
import { servedCertificate } from '../../cli/certificates/served-certificate';
import { Engine } from '../../cli/engine';
import { ACME, BETA } from '../stacks/config/fixture';
import { TestAuthority } from './support/authority';
import { FakeVault } from './support/fake-vault';
import { TemporaryProject } from './support/project';

jest.mock('../../cli/certificates/served-certificate');
jest.setTimeout(60_000);

const HOST = 'nuts-acme.care.internal';
const DAY = 24 * 60 * 60 * 1000;

let vault: FakeVault;
let project: TemporaryProject;
let authority: TestAuthority;
/** What nodes and proxy show, by host. */
let shown: Record<string, X509Certificate>;
let printed: string;

beforeAll(async () => {
  authority = await TestAuthority.create('Network');
});

beforeEach(async () => {
  vault = await FakeVault.start(['tenants/acme']);
  vault.authority = authority.pem;
  project = new TemporaryProject({
    'platform.yaml': `environment: development
domain: care.internal
vault: { kind: local, port: ${vault.port} }
network:
  revocationLists: [http://crl.care.nl/root.crl]
  truststore: |
${authority.pem.replaceAll(/^(?=.)/gm, '    ')}`,
    'tenants/acme.yaml': `${ACME.replace('[web]', '[web, nuts]')}certificate: { source: own }\n`,
    'tenants/beta.yaml': BETA.replace('[web]', '[web, nuts]'),
    '.nuts-saas/vault/operator-token': 'token',
  });
  const ofProxy = await certificate(['*.care.internal'], 60);
  shown = {
    'nuts-beta.care.internal': await certificate(['nuts-beta.care.internal'], 20),
    'acme.care.internal': ofProxy,
    'beta.care.internal': ofProxy,
  };
  jest.mocked(servedCertificate).mockImplementation((_host, _port, name) => Promise.resolve(shown[name]));
  containers();
  printed = '';
  jest.spyOn(console, 'log').mockImplementation((text: string) => void (printed += text));
  process.exitCode = 0;
});

afterEach(() => {
  jest.restoreAllMocks();
  process.exitCode = 0;
  project.remove();
  vault.stop();
});

async function certificate(hosts: readonly string[], days: number): Promise<X509Certificate> {
  const until = new Date(Date.now() + days * DAY + DAY / 2);
  return new X509Certificate((await authority.issue({ hosts, until })).certificate);
}

function containers(...there: readonly string[]): void {
  jest
    .spyOn(Engine.prototype, 'containers')
    .mockResolvedValue(there.map((name) => ({ name, state: 'running' })));
}

async function list(...words: string[]): Promise<{ code: unknown; states: string[] }> {
  printed = '';
  process.exitCode = 0;
  await certificatesCommand()
    .exitOverride()
    .parseAsync(['--json', ...words], { from: 'user' });
  const rows = JSON.parse(printed) as { holder: string; source: string; state: string }[];
  return {
    code: process.exitCode,
    states: rows.map(({ holder, source, state }) => `${holder} ${source} ${state}`),
  };
}

async function store(days: number, issuer = authority): Promise<void> {
  const until = new Date(Date.now() + days * DAY + DAY / 2);
  const from = new Date(Date.now() - 100 * DAY);
  const issued = await issuer.issue({ hosts: [HOST], until, from });
  vault.secrets.set('tenants/acme/certificates/node', [{ chain: issued.certificate, key: 'ab' }]);
}

const OTHERS = [
  'beta platform-ca ok',
  'proxy platform-ca ok',
  'authority platform-ca ok',
  'truststore network ok',
];

test('who was never asked for is missing, who was is pending, and only the first is a fault', async () => {
  expect(await list()).toEqual({ code: 1, states: ['acme own missing', ...OTHERS] });
  const { csr, fingerprint } = await newSigningRequest([HOST], {});
  const pending = { csr, key: fingerprint, hosts: [HOST], requested: new Date().toISOString() };
  vault.secrets.set('tenants/acme/certificates/pending', [pending]);
  expect(await list()).toEqual({ code: 0, states: ['acme own pending', ...OTHERS] });
});

test.each([
  [80, [], 'ok', 0],
  [80, ['--within', '90'], 'due', 1],
  [29, [], 'due', 1],
  [29, ['--within', '29'], 'ok', 0],
  [-2, [], 'expired', 1],
])('one with %d days left is, with %j, %s', async (days, words, state, code) => {
  await store(days);
  const found = await list(...words);
  expect(found.states[0]).toBe(`acme own ${state}`);
  expect(found.code).toBe(code);
});

test('one of an authority that is trusted no more is told', async () => {
  await store(80, await TestAuthority.create('Former'));
  expect(await list()).toMatchObject({ code: 1, states: ['acme own untrusted', ...OTHERS] });
});

test('what renews itself is due only when that is overdue', async () => {
  await store(80);
  shown['nuts-beta.care.internal'] = await certificate(['nuts-beta.care.internal'], 5);
  expect((await list()).states).toContain('beta platform-ca due');
  delete shown['nuts-beta.care.internal'];
  expect(await list()).toMatchObject({
    code: 1,
    states: expect.arrayContaining(['beta platform-ca unreachable']) as string[],
  });
});

test.each([
  [{ ok: true, code: 0, output: '' }, 'ok', 0],
  [{ ok: false, code: 1, output: 'stale: no complete lists for a day' }, 'stale', 1],
  [{ ok: false, code: 1, output: 'no such container' }, 'unreachable', 1],
])('lists of revoked certificates: %j', async (answer, state, code) => {
  await store(80);
  containers('nuts-acme-revocation');
  const exec = jest.spyOn(Engine.prototype, 'exec').mockResolvedValue(answer);
  expect(await list()).toMatchObject({
    code,
    states: expect.arrayContaining([`acme revocation lists ${state}`]) as string[],
  });
  expect(exec.mock.calls.map(([name]) => name)).toEqual(['nuts-acme-revocation']);
});
