import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..', '..');

/** The project as a clone has it, with what `npm ci` and the build made, in a folder that tests may change. */
export function copyProject(target: string): void {
  mkdirSync(target, { recursive: true });
  const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  for (const file of tracked.split('\n').filter(Boolean)) {
    if (file.startsWith('test/')) continue;
    cpSync(join(ROOT, file), join(target, file), { recursive: true });
  }
  cpSync(join(ROOT, 'dist'), join(target, 'dist'), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(target, 'node_modules'));
}
