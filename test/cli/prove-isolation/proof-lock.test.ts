import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProofLock } from '../../../cli/prove-isolation/live/proof-lock';

let project: string;
let file: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'proof-'));
  file = join(project, '.nuts-saas', 'prove-isolation.pid');
});
afterEach(() => {
  rmSync(project, { recursive: true });
});

function heldBy(pid: number): void {
  mkdirSync(join(project, '.nuts-saas'));
  writeFileSync(file, String(pid));
}

it('is held while the proof runs, and given back when it fails', async () => {
  await expect(
    ProofLock.hold(project, () => {
      expect(existsSync(file)).toBe(true);
      return Promise.reject(new Error('broken'));
    }),
  ).rejects.toThrow('broken');
  expect(existsSync(file)).toBe(false);
});

it('refuses a second proof beside a running one', async () => {
  heldBy(process.ppid);
  await expect(ProofLock.hold(project, () => Promise.resolve())).rejects.toThrow(
    `process ${process.ppid} is proving this platform's isolation`,
  );
});

it('takes no notice of a process that is gone', async () => {
  heldBy(2 ** 22 + 1);
  await expect(ProofLock.hold(project, () => Promise.resolve('done'))).resolves.toBe('done');
});
