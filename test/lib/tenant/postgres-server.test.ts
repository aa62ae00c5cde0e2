import { existsSync } from 'node:fs';
import { START } from '../../../lib/tenant/postgres-server';
import { Sandbox } from '../support/sandbox';

// Processes start slowly where much else runs.
jest.setTimeout(60_000);

let sandbox: Sandbox;

beforeEach(() => {
  sandbox = new Sandbox(['/postgres', '/log', '/etc/nuts-postgres']);
  sandbox.program(
    'initdb',
    'echo "$@" >> /log/initdb; mkdir -p /postgres/data.new && echo 15 > /postgres/data.new/PG_VERSION',
  );
  // A server that is told by SIGTERM to wait for its clients, and by SIGINT not to. A shell can't hear SIGINT in the background.
  const server = `process.on('SIGTERM', () => {}); process.on('SIGINT', () => process.exit(0));
    require('fs').writeFileSync('/log/up', 'up'); setInterval(() => {}, 1000)`;
  sandbox.program(
    'postgres',
    `if [ "$1" = --single ]; then cat > /log/statements; exit 0; fi\nexec ${process.execPath} -e "${server}"`,
  );
});

afterEach(() => {
  sandbox.remove();
});

const start = () => sandbox.start(['sh', '-c', START]);
const has = (path: string) => existsSync(sandbox.path(path));
const isUp = () => sandbox.read('/log/up') !== undefined;

test('the first start makes one user, who owns one database, and lets nobody into another', async () => {
  start();
  await sandbox.until(isUp);
  expect(sandbox.read('/postgres/data/PG_VERSION')).toBe('15\n');
  expect(has('/postgres/data.new')).toBe(false);
  expect(sandbox.read('/log/initdb')).toContain('--auth=reject');
  const statements = (sandbox.read('/log/statements') ?? '').trim().split('\n');
  expect(statements.slice(0, 2)).toEqual(['CREATE ROLE nuts LOGIN', 'CREATE DATABASE nuts OWNER nuts']);
  expect(statements.slice(2)).toEqual(
    ['nuts', 'postgres', 'template1'].map((name) => `REVOKE ALL ON DATABASE ${name} FROM PUBLIC`),
  );
});

test('a later one leaves the data as they are', async () => {
  const { child, ended } = start();
  await sandbox.until(isUp);
  child.kill('SIGTERM');
  await ended;
  sandbox.write('/postgres/data/PG_VERSION', 'kept');
  sandbox.write('/log/initdb', '');
  start();
  await sandbox.until(isUp);
  expect(sandbox.read('/postgres/data/PG_VERSION')).toBe('kept');
  expect(sandbox.read('/log/initdb')).toBe('');
});

test('one that was interrupted is begun anew, and never taken for a database', async () => {
  sandbox.program('initdb', 'mkdir -p /postgres/data.new && echo half > /postgres/data.new/half; exit 1');
  expect((await start().ended).code).not.toBe(0);
  expect(has('/postgres/data')).toBe(false);
  expect(isUp()).toBe(false);

  sandbox.program('initdb', 'mkdir /postgres/data.new && echo 15 > /postgres/data.new/PG_VERSION');
  start();
  await sandbox.until(isUp);
  expect(has('/postgres/data/half')).toBe(false);
});

test('told to stop, it stops without waiting for its clients', async () => {
  const { child, ended } = start();
  await sandbox.until(isUp);
  child.kill('SIGTERM');
  expect((await ended).code).toBe(0);
});

test('a server that dies ends the container, which is then started again', async () => {
  sandbox.program('postgres', '[ "$1" != --single ] || exit 0; exit 3');
  expect((await start().ended).code).toBe(1);
});
