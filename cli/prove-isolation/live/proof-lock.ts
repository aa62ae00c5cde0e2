import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LOCAL_DIRECTORY } from '../../../stacks/local-files';
import { UserError } from '../../user-error';

/** One proof at a time: a second would take the first one's decoys for leftovers. */
export class ProofLock {
  /** @throws UserError while another process proves the same project */
  static async hold<T>(project: string, run: () => Promise<T>): Promise<T> {
    const directory = join(project, LOCAL_DIRECTORY);
    const file = join(directory, 'prove-isolation.pid');
    mkdirSync(directory, { recursive: true });
    const holder = existsSync(file) ? Number(readFileSync(file, 'utf8')) : undefined;
    if (holder !== undefined && isAlive(holder))
      throw new UserError(`process ${holder} is proving this platform's isolation`, 'wait until it is done');
    writeFileSync(file, String(process.pid));
    try {
      return await run();
    } finally {
      rmSync(file, { force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return pid !== process.pid;
  } catch {
    return false;
  }
}
