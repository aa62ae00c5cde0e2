import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import type { Progress } from './requirement';
import { ToolchainError } from './toolchain-error';

export interface Answer {
  readonly ok: boolean;
  readonly output: string;
  /** Why it isn't ok: the last lines that the program wrote to standard error. */
  readonly reason: string;
}

/** Asks a program something quick. That it is absent, slow or failing is an answer too. */
export async function ask(
  file: string,
  args: readonly string[],
  options: { timeout?: number; env?: Record<string, string> } = {},
): Promise<Answer> {
  const { timeout = 10_000, env = {} } = options;
  const result = await execa(file, args, { reject: false, stdin: 'ignore', timeout, env });
  if (!result.failed) return { ok: true, output: result.stdout.trim(), reason: '' };
  const reason = lastLines(result.stderr.split('\n'), 5) || (result.shortMessage ?? 'it failed');
  return { ok: false, output: result.stdout.trim(), reason };
}

export interface RunOptions {
  readonly what: string;
  readonly remedy: string;
  readonly progress: Progress;
  readonly cwd?: string;
  readonly env?: Record<string, string>;
}

/** Runs a long command and shows its output as progress; a failure tells what was run and how its output ended. */
export async function run(file: string, args: readonly string[], options: RunOptions): Promise<void> {
  const { what, remedy, progress, cwd = process.cwd(), env = {} } = options;
  const tail: string[] = [];
  const running = execa(file, args, {
    all: true,
    buffer: false,
    reject: false,
    stdin: 'ignore',
    forceKillAfterDelay: 5000,
    cwd,
    env,
  });
  for await (const line of createInterface({ input: running.all })) {
    if (line.trim() === '') continue;
    progress.line(line.trim());
    if (tail.push(line) > 12) tail.shift();
  }
  const result = await running;
  if (!result.failed) return;
  const ending =
    result.exitCode === undefined ? result.shortMessage : `It ended with exit code ${result.exitCode}:`;
  throw new ToolchainError({
    what,
    why: [`This was run: ${result.escapedCommand}`, ending, ...tail].join('\n'),
    remedy,
  });
}

/** Whether a program is there. Daemons live in sbin, which isn't on everybody's PATH. */
export function hasProgram(name: string): boolean {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin', '/usr/local/sbin'];
  return folders.some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return folder !== '';
    } catch {
      return false;
    }
  });
}

export function lastLines(lines: readonly string[], count: number): string {
  return lines
    .filter((line) => line.trim() !== '')
    .slice(-count)
    .join('\n');
}
