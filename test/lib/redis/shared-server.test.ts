import { createHash } from 'node:crypto';
import { START_SHARED, usersTemplate } from '../../../lib/redis/shared-server';
import { Sandbox } from '../support/sandbox';

// Processes start slowly where much else runs.
jest.setTimeout(60_000);

let sandbox: Sandbox;

beforeEach(() => {
  sandbox = new Sandbox(['/tmp', '/run/nuts-redis', '/etc/redis', '/sys/fs/cgroup', '/log']);
  sandbox.program(
    'redis-server',
    'echo "$@" > /log/arguments; cp /tmp/users.acl /log/users-at-start; while :; do sleep 1; done',
  );
  // Keeps what it was given, and answers as it is told.
  sandbox.program(
    'redis-cli',
    'echo "$REDISCLI_AUTH $*" >> /log/calls; cp /tmp/users.acl /log/loaded; cat /log/answer',
  );
  sandbox.write('/sys/fs/cgroup/memory.max', '104857600\n');
  sandbox.write('/log/answer', 'OK\n');
  sandbox.write('/run/nuts-redis/users.acl', 'user default off\nuser nuts-acme on #00\n');
});

afterEach(() => {
  sandbox.remove();
});

const start = () => sandbox.start(['sh', '-c', START_SHARED]);
const certify = () => {
  sandbox.write('/run/nuts-redis/tls.pem', 'certificate');
};
const startedWith = () => sandbox.read('/log/users-at-start');

test('it waits for its users and its certificate', async () => {
  start();
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(startedWith()).toBeUndefined();
  certify();
  await sandbox.until(() => startedWith() !== undefined);
  expect(sandbox.read('/log/arguments')).toMatch(/redis\.conf --maxmemory 47185920$/m);
});

test('it adds an administrator, with a new password at each start, who can load and try out rules', async () => {
  certify();
  start();
  await sandbox.until(() => startedWith() !== undefined);
  const password = sandbox.read('/tmp/administrator') ?? '';
  expect(password).toMatch(/^[0-9a-f]{64}$/);
  const digest = createHash('sha256').update(password).digest('hex');
  expect(startedWith()).toBe(
    `user default off\nuser nuts-acme on #00\nuser administrator on #${digest} resetchannels -@all +ping +acl|load +acl|dryrun\n`,
  );
});

test('users that change are loaded, by the administrator, whose password is no argument', async () => {
  certify();
  start();
  await sandbox.until(() => startedWith() !== undefined);
  sandbox.write('/run/nuts-redis/users.acl', 'user default off\nuser nuts-beta on #11\n');
  await sandbox.until(() => sandbox.read('/log/loaded')?.includes('administrator') === true);
  const password = sandbox.read('/tmp/administrator') ?? '';
  expect(sandbox.read('/log/calls')?.split('\n')[0]).toMatch(
    new RegExp(`^${password} -s \\S+/redis\\.sock --user administrator acl load$`),
  );
  expect(sandbox.read('/log/loaded')).toContain('user nuts-beta on #11');
  expect(sandbox.read('/log/loaded')).toContain('user administrator on');
});

test('users that the server can’t read are told', async () => {
  certify();
  const { child, ended } = start();
  await sandbox.until(() => startedWith() !== undefined);
  sandbox.write('/log/answer', 'ERR unknown command\n');
  sandbox.write('/run/nuts-redis/users.acl', 'user default off\nuser nuts-beta on +nonsense\n');
  await sandbox.until(() => sandbox.read('/log/calls') !== undefined);
  await new Promise((resolve) => setTimeout(resolve, 300));
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  expect((await ended).output).toContain(
    'ALARM the users were not loaded, those before stay: ERR unknown command',
  );
});

test('nobody is anybody without a password, whoever is listed', () => {
  const template = usersTemplate('nuts.redis');
  expect(template.split('\n')[0]).toBe('user default off resetkeys resetchannels -@all');
  expect(template).not.toContain('nopass');
  expect(template).not.toMatch(/\.password \}\}/);
});
