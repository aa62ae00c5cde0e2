import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { redisCommand } from '../../cli/redis/command';
import { findTenant, openProject } from '../../cli/project';
import { secretCommand } from '../../cli/secret/command';
import { writeSecret } from '../../cli/vault/secrets-mount';
import { sqlConnectionFault } from '../../cli/secret/sql-connection';
import { unreadyTenants } from '../../cli/readiness';
import { missingSecret } from '../../cli/secret/wanted-secrets';
import { VaultClient } from '../../cli/vault/vault-client';
import { ACME, BETA, PLATFORM } from '../stacks/config/fixture';
import { CERTIFICATE } from '../stacks/config/keys';
import { TemporaryProject } from './support/project';

jest.setTimeout(60_000);

const GIVEN_REDIS = `${PLATFORM}redis:
  kind: given
  host: redis.care.nl
  certificateAuthority: |
${CERTIFICATE.trim().replaceAll(/^/gm, '    ')}
`;

let project: TemporaryProject;
let printed: string[];
let vault: Server;
let asked: string[];
let answers: Record<string, number>;

beforeEach(async () => {
  project = new TemporaryProject({
    'platform.yaml': GIVEN_REDIS,
    'tenants/acme.yaml': `${ACME}sql: { type: given }\nredis: { mode: shared }\n`,
    'tenants/beta.yaml': BETA,
  });
  printed = [];
  jest.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
  asked = [];
  answers = {};
  vault = createServer((request, response) => {
    const path = (request.url ?? '').replace('/v1/', '');
    asked.push(`${request.method ?? ''} ${path}`);
    response.statusCode = answers[path] ?? 200;
    response.end(JSON.stringify({ data: { version: 3 } }));
  });
  await new Promise<void>((resolve) => vault.listen(0, '127.0.0.1', resolve));
});

afterEach(() => {
  jest.restoreAllMocks();
  project.remove();
  vault.close();
});

const client = () => new VaultClient(`http://127.0.0.1:${(vault.address() as AddressInfo).port}`, 'token');
const look = (tenant = 'acme') => {
  const opened = openProject();
  return missingSecret(opened, client(), findTenant(opened, tenant));
};

test('what only people can give is looked for before an apply, and who needs nothing isn’t asked about', async () => {
  await expect(look()).resolves.toBeUndefined();
  await expect(look('beta')).resolves.toBeUndefined();
  expect(asked).toEqual(['GET tenants/acme/metadata/sql', 'GET tenants/acme/metadata/redis']);
});

test.each([
  ['sql', 'how its SQL database is reached'],
  ['redis', 'the password of its Redis user'],
])('without its secret "%s" a tenant is not applied, with the command that brings it', async (name, what) => {
  answers[`tenants/acme/metadata/${name}`] = 404;
  await expect(look()).resolves.toMatchObject({
    message: `tenant acme waits for a secret: ${what}`,
    remedy: expect.stringContaining(`nuts-saas secret set acme ${name}`) as string,
  });
});

test('who may not look goes on, since the apply itself will tell', async () => {
  answers['tenants/acme/metadata/sql'] = 403;
  await expect(look()).resolves.toBeUndefined();
});

test('a removed tenant waits for nothing', async () => {
  project.write('tenants/acme.yaml', `${ACME}sql: { type: given }\nstate: removed\n`);
  expect(await unreadyTenants(openProject())).toEqual([]);
});

test('a secret is written as a new version, and a mount that is still being made is waited for', async () => {
  expect(await writeSecret(client(), 'tenants/acme/data/sql', { connection: 'x' })).toBe(3);
  answers['tenants/acme/data/sql'] = 400;
  setTimeout(() => (answers = {}), 300);
  expect(await writeSecret(client(), 'tenants/acme/data/sql', { connection: 'x' })).toBe(3);
  answers['tenants/acme/data/sql'] = 403;
  await expect(writeSecret(client(), 'tenants/acme/data/sql', {})).rejects.toThrow('403');
});

test.each([
  ['acme', 'password', 'tenant acme has no use for a secret "password"', 'it has one for: sql, redis'],
  ['beta', 'sql', 'tenant beta has no use for a secret "sql"', 'sql: { type: given }'],
  ['nobody', 'sql', 'there is no tenant "nobody"', 'known are: acme, beta'],
])('secret set %s %s is refused before anything is read', async (tenant, name, message, remedy) => {
  const set = secretCommand().exitOverride().parseAsync(['set', tenant, name], { from: 'user' });
  await expect(set).rejects.toThrow(message);
  await expect(set).rejects.toThrow(remedy);
});

const DSN = 'postgres://nuts:geheim@sql.care.nl/nuts';

test.each([
  ['', 'production', 'nothing came from standard input'],
  ['geheim', 'development', "doesn't begin with one of postgres://"],
  ['sqlite:file:/nuts/data/nuts.db', 'development', "doesn't begin with one of postgres://"],
  [`${DSN}\n?sslmode=verify-full`, 'development', 'a line break in it'],
  ['postgres://nuts:geheim#1@[sql/nuts', 'development', 'is not a URL'],
  [DSN, 'production', 'sslmode=prefer'],
  [`${DSN}?sslmode=require`, 'production', 'sslmode=require'],
  [`${DSN}?sslmode=disable`, 'production', 'sslmode=disable'],
] as const)('%j in %s is refused, and not repeated', (connection, environment, message) => {
  const fault = sqlConnectionFault(connection, environment);
  expect(fault?.message).toContain(message);
  expect(JSON.stringify(fault)).not.toContain('geheim');
});

test.each([
  [`${DSN}?sslmode=disable`, 'development'],
  [`${DSN}?sslmode=verify-full`, 'production'],
  ['mysql://nuts:geheim@tcp(sql.care.nl:3306)/nuts?tls=true', 'production'],
  ['sqlserver://nuts:geheim@sql.care.nl:1433?database=nuts', 'production'],
] as const)('%s is fine in %s', (connection, environment) => {
  expect(sqlConnectionFault(connection, environment)).toBeUndefined();
});

test('redis acl says which user a tenant needs at a Redis that somebody runs, without a secret', async () => {
  const acl = (...words: string[]) =>
    redisCommand()
      .exitOverride()
      .parseAsync(['acl', ...words], { from: 'user' });
  await acl('acme');
  expect(printed[0]).toMatch(
    /^ACL SETUSER nuts-acme reset on resetchannels ~acme_\* ~lock_acme_\* ~acme\.\* -@all \+ping /,
  );
  await acl('acme', '--json');
  expect(JSON.parse(printed[1] ?? '')).toMatchObject({ user: 'nuts-acme' });
  await expect(acl('beta')).rejects.toThrow('needs nobody to make its Redis user');
});
