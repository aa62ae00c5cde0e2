import { readFileSync, statSync, truncateSync } from 'node:fs';
import { rotating } from '../../../lib/platform/rotate-audit-log';
import { Sandbox } from '../support/sandbox';

// A program that opens its log anew when it is told to, as Vault does.
const PROGRAM = `
trap 'echo "opened" >> /log/audit.log' HUP
echo first > /log/audit.log
while :; do sleep 1; done
`;

let sandbox: Sandbox;

beforeEach(() => {
  sandbox = new Sandbox(['/log']);
  sandbox.program('server', PROGRAM);
  sandbox.start(rotating('/log/audit.log', ['server']));
});
afterEach(() => {
  sandbox.remove();
});

async function grow(generation: number): Promise<void> {
  await sandbox.until(() => sandbox.read('/log/audit.log') !== undefined);
  sandbox.write('/log/audit.log', `generation ${generation}\n`);
  truncateSync(sandbox.path('/log/audit.log'), 10 * 1024 * 1024);
  await sandbox.until(() => sandbox.read('/log/audit.log') === 'opened\n');
}

test('a file that has grown is kept under another name, and the program opens a new one', async () => {
  await grow(1);
  expect(statSync(sandbox.path('/log/audit.log.1')).size).toBe(10 * 1024 * 1024);
  expect(readFileSync(sandbox.path('/log/audit.log.1'), 'utf8')).toContain('generation 1\n');
}, 30_000);

test('ten are kept, in order, and the oldest goes', async () => {
  for (let generation = 1; generation <= 12; generation++) await grow(generation);
  const kept = Array.from({ length: 10 }, (_, index) =>
    sandbox
      .read(`/log/audit.log.${index + 1}`)
      ?.split('\n', 1)
      .join(''),
  );
  expect(kept).toEqual(Array.from({ length: 10 }, (_, index) => `generation ${12 - index}`));
  expect(sandbox.read('/log/audit.log.11')).toBeUndefined();
}, 60_000);
