import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/**
 * A directory in which a container's script runs for real, with sh. The directories of the container that it names are moved in here,
 * programs that it calls can be replaced, and it sleeps a twentieth of a second at most.
 */
export class Sandbox {
  readonly directory = mkdtempSync(join(tmpdir(), 'nuts-saas-script-'));
  private readonly running: ChildProcess[] = [];

  constructor(private readonly directories: readonly string[]) {
    for (const name of ['/bin', ...directories]) mkdirSync(this.path(name), { recursive: true });
    this.program('sleep', 'exec /bin/sleep 0.05');
  }

  /** A path of the container, outside. */
  path(inside: string): string {
    return join(this.directory, inside);
  }

  program(name: string, script: string): void {
    writeFileSync(this.path(`/bin/${name}`), `#!/bin/sh\n${this.moved(script)}\n`);
    chmodSync(this.path(`/bin/${name}`), 0o755);
  }

  write(inside: string, content: string): void {
    writeFileSync(this.path(inside), content);
  }

  read(inside: string): string | undefined {
    return existsSync(this.path(inside)) ? readFileSync(this.path(inside), 'utf8') : undefined;
  }

  start(
    command: readonly string[],
    environment: Record<string, string> = {},
  ): { child: ChildProcess; ended: Promise<Ended> } {
    const [program = '', ...rest] = command.map((part) => this.moved(part));
    const child = spawn(program, rest, {
      env: { PATH: `${this.path('/bin')}:/usr/bin:/bin`, HOSTNAME: 'container', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that what a script leaves behind can be ended with it.
      detached: true,
    });
    this.running.push(child);
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const ended = new Promise<Ended>((resolve) =>
      child.on('close', (code) => {
        resolve({ code, output });
      }),
    );
    return { child, ended };
  }

  async run(command: readonly string[], environment: Record<string, string> = {}): Promise<Ended> {
    return this.start(command, environment).ended;
  }

  /** Waits until something is so, for 10 s at most. */
  async until(isSo: () => boolean): Promise<void> {
    for (let attempt = 0; attempt < 500 && !isSo(); attempt++) await wait(20);
    if (!isSo()) throw new Error('it did not happen within 10 s');
  }

  remove(): void {
    for (const { pid } of this.running) if (pid !== undefined) endGroup(pid);
    rmSync(this.directory, { recursive: true, force: true });
  }

  private moved(text: string): string {
    // In one pass: the sandbox's own path may begin with one of the directories.
    const names = new RegExp(`(?<![\\w/.-])(${this.directories.join('|')})(?![\\w-])`, 'g');
    return text.replaceAll(names, (name) => this.path(name));
  }
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nothing of it is left.
  }
}
