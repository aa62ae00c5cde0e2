import { restartOnChange } from '../../../lib/engine/restart-on-change';
import { Sandbox } from '../support/sandbox';

// Processes start slowly where much else runs.
jest.setTimeout(60_000);

let sandbox: Sandbox;

beforeEach(() => {
  sandbox = new Sandbox(['/etc', '/log']);
  sandbox.write('/etc/one.pem', 'first');
});

afterEach(() => {
  sandbox.remove();
});

const STAYS = 'trap "exit 7" TERM; echo up > /log/up; while :; do sleep 1; done';
const start = (script: string, files = ['/etc/*', '/missing']) =>
  sandbox.start([...restartOnChange(files), 'sh', '-c', script]);
const isUp = () => sandbox.read('/log/up') !== undefined;

test.each([0, 3])('it ends as its command does, with %d', async (code) => {
  expect((await start(`exit ${code}`).ended).code).toBe(code);
});

test('a changed file ends it', async () => {
  const { ended } = start(STAYS);
  await sandbox.until(isUp);
  sandbox.write('/etc/one.pem', 'second');
  expect(await ended).toEqual({ code: 7, output: 'a watched file changed: restarting\n' });
});

test('so does a new file that a pattern matches', async () => {
  const { ended } = start(STAYS);
  await sandbox.until(isUp);
  sandbox.write('/etc/two.pem', 'new');
  expect((await ended).code).toBe(7);
});

test('the same content, written again, does not', async () => {
  const { child } = start(STAYS);
  await sandbox.until(isUp);
  sandbox.write('/etc/one.pem', 'first');
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(child.exitCode).toBeNull();
});

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s is passed on, and the command has the time that it needs',
  async (signal) => {
    const { child, ended } = start(
      'trap "sleep 1; echo done > /log/finished; exit 7" TERM; echo up > /log/up; while :; do sleep 1; done',
    );
    await sandbox.until(isUp);
    child.kill(signal);
    expect((await ended).code).toBe(7);
    expect(sandbox.read('/log/finished')).toBe('done\n');
  },
);
