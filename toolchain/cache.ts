import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join } from 'node:path';

const AN_HOUR = 3_600_000;

/** A path in the user's cache folder for this package. The XDG specification ignores relative values. */
export function cachePath(...segments: string[]): string {
  const configured = process.env.XDG_CACHE_HOME;
  const base = configured !== undefined && isAbsolute(configured) ? configured : join(homedir(), '.cache');
  return join(base, 'nuts-saas', ...segments);
}

/** A short key for what went into something: other ingredients, other key, so a stale result is never found. */
export function keyOf(...ingredients: (string | Buffer)[]): string {
  const hash = createHash('sha256');
  // The length keeps ('ab', 'c') and ('a', 'bc') apart.
  for (const ingredient of ingredients) hash.update(`${ingredient.length}:`).update(ingredient);
  return hash.digest('hex').slice(0, 12);
}

/** A name next to `path` that no other run uses, and that `sweep` recognises after an interruption. */
export function temporaryName(path: string): string {
  return `${path}.${process.pid}-${randomBytes(3).toString('hex')}.tmp`;
}

/**
 * Makes a file or folder under a temporary name and moves it into place: whoever finds it at `path` finds it whole.
 * Two runs at once both make it, and the first to finish wins.
 */
export async function produce(path: string, make: (temporary: string) => Promise<void>): Promise<void> {
  if (existsSync(path)) return;
  await mkdir(dirname(path), { recursive: true });
  await sweep(dirname(path));
  const temporary = temporaryName(path);
  try {
    await make(temporary);
    await rename(temporary, path);
  } catch (error) {
    // A folder can't be moved over the one that another run has put there meanwhile; that one will do.
    if (!isOccupied(error)) throw error;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Replaces a small JSON file as a whole. */
export async function writeRecord(path: string, record: object): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = temporaryName(path);
  await writeFile(temporary, JSON.stringify(record, undefined, 2) + '\n');
  await rename(temporary, path);
}

/** The content of a record, or nothing where it is absent or unreadable: then it is made again. */
export function readRecord(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

function isOccupied(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('code' in error)) return false;
  return error.code === 'ENOTEMPTY' || error.code === 'EEXIST';
}

/** Removes what interrupted runs left behind. The hour spares a run in a container that shares the cache but not the process ids. */
async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = /\.(\d+)-[0-9a-f]{6}\.tmp$/.exec(basename(name))?.[1];
    if (pid === undefined || isRunning(Number(pid))) continue;
    const path = join(folder, name);
    const age = Date.now() - ((await stat(path).catch(() => undefined))?.mtimeMs ?? Date.now());
    if (age > AN_HOUR) await rm(path, { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
