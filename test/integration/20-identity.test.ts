import { signToken } from '../../cli/client/token';
import { readPrivateFile } from '../../cli/vault/private-file';
import { clientKeyFile } from '../../stacks/local-files';
import { callApi, call, token } from './support/https';
import { eventually, exec, nutsSaas, PROJECT, readMount, succeed, vaultAsRoot } from './support/platform';

interface DidDocument {
  readonly id: string;
  readonly verificationMethod?: { readonly id: string }[];
}

const CLIENTS = [
  ['acme', 'test'],
  ['beta', 'test'],
] as const;

let acme: string;
let beta: string;
const subjects: Record<string, DidDocument[]> = {};

beforeAll(async () => {
  for (const [tenant, client] of CLIENTS) {
    succeed(nutsSaas('client', 'add', tenant, client, '--from', '10.80.0.1'));
    succeed(nutsSaas('apply', `tenant-${tenant}`, '--auto-approve'));
  }
  acme = token('acme', 'test');
  beta = token('beta', 'test');
  for (const [tenant, bearer] of Object.entries({ acme, beta })) {
    await eventually(async () => {
      expect((await callApi(tenant, '/internal/vdr/v2/subject', { bearer })).status).toBe(200);
    });
    const made = await callApi(tenant, '/internal/vdr/v2/subject', {
      method: 'POST',
      bearer,
      body: { subject: 'care' },
    });
    subjects[tenant] = (JSON.parse(made.body) as { documents: DidDocument[] }).documents;
  }
}, 300_000);

const did = (tenant: string, method: string) => {
  const found = subjects[tenant]?.find(({ id }) => id.startsWith(`did:${method}:`));
  if (found === undefined) throw new Error(`${tenant} has no did:${method}`);
  return found;
};

it('makes a DID through the proxy with a token, of each of the tenant’s methods', () => {
  expect(subjects.acme?.map(({ id }) => id.split(':')[1]).sort()).toEqual(['nuts', 'web']);
  expect(did('acme', 'web').id).toMatch(/^did:web:acme\.saas\.internal:iam:/);
});

it('has the keys in the tenant’s own mount of Vault, and in no other', async () => {
  const vault = await vaultAsRoot();
  const keys = await readMount(vault, 'nuts/acme', 'nuts-private-keys/');
  expect(Object.keys(keys).length).toBeGreaterThanOrEqual(2);
  for (const value of Object.values(keys)) expect(JSON.stringify(value)).toContain('PRIVATE KEY');
  const others = await readMount(vault, 'nuts/beta', 'nuts-private-keys/');
  expect(Object.keys(others).filter((name) => name in keys)).toEqual([]);
});

it('has the did:nuts document in the tenant’s Redis', () => {
  const hex = Buffer.from(did('acme', 'nuts').id).toString('hex');
  const keys = exec(
    'nuts-acme-redis',
    'redis-cli',
    '-s',
    '/run/redis/redis.sock',
    'scan',
    '0',
    'match',
    `*${hex}*`,
    'count',
    '10000',
  );
  expect(keys.stdout).toMatch(new RegExp(`^acme_vdr_didstore:\\w+\\.${hex}`, 'm'));
  expect(
    exec('nuts-beta-redis', 'redis-cli', '-s', '/run/redis/redis.sock', 'scan', '0', 'count', '10000').stdout,
  ).not.toContain(hex);
});

it('serves the public document on the public host', async () => {
  const { id } = did('acme', 'web');
  const path = id.split(':').slice(3).join('/');
  const answer = await call(`https://acme.saas.internal/${path}/did.json`);
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.body)).toMatchObject({ id });
});

it('lets a tenant resolve another one’s did:web, over its public host', async () => {
  const { id } = did('beta', 'web');
  const answer = await callApi('acme', `/internal/vdr/v2/did/${id}`, { bearer: acme });
  expect({ status: answer.status, body: answer.body }).toMatchObject({ status: 200 });
  expect(answer.body).toContain(id);
});

it.each([
  ['no token', () => undefined],
  ['another tenant’s token', () => beta],
  ['a token for another audience, with the right key', () => wrongAudience()],
  ['nonsense', () => 'eyJhbGciOiJub25lIn0.e30.'],
])('refuses %s', async (_, bearer) => {
  const value = await bearer();
  const answer = await callApi('acme', '/internal/vdr/v2/subject', value ? { bearer: value } : {});
  expect(answer.status).toBe(401);
});

it.each([
  '/internal/vdr/v2/subject',
  '/status',
  '/status/diagnostics',
  '/health',
  '/metrics',
  '/',
  '/iam/../internal/vdr/v2/subject',
  '/iam/%2e%2e/internal/vdr/v2/subject',
  '//internal/vdr/v2/subject',
  '/%69nternal/vdr/v2/subject',
])('does not route %s on the public host', async (path) => {
  const answer = await call('https://acme.saas.internal/', {
    path,
    headers: { authorization: `Bearer ${acme}` },
  });
  expect(answer.status).toBe(404);
  expect(answer.body).toContain('404 page not found');
});

it('refuses an encoded slash, which could be read in two ways', async () => {
  expect(
    (await call('https://acme.saas.internal/', { path: '/iam/..%2finternal/vdr/v2/subject' })).status,
  ).toBe(400);
});

it.each(['/status', '/health', '/metrics', '/status/diagnostics', '/iam/x/did.json'])(
  'does not route %s on the API’s host',
  async (path) => {
    expect((await callApi('acme', path, { bearer: acme })).body).toContain('404 page not found');
  },
);

it('shows no certificate to a host that it does not know', async () => {
  await expect(call('https://gamma.example.nl/')).rejects.toThrow(/unrecognized name|alert/i);
});

function wrongAudience(): Promise<string> {
  const key = readPrivateFile(clientKeyFile(PROJECT, 'acme', 'test')) ?? '';
  return signToken(key, { client: 'test', audience: 'api-beta.saas.internal', lifetimeSeconds: 600 });
}
