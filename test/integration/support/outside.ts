import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { sandbox } from './platform';

const NAMESPACE = `${sandbox.namespace}-outside`;

/** Addresses that something outside of the host has: what a tenant must not reach, and what it may. */
export const OUTSIDE = {
  metadata: '169.254.169.254',
  private: '10.20.0.5',
  shared: '100.64.0.9',
  public: '203.0.113.10',
} as const;

/** The host's own address on the way there. */
export const HOST_SIDE = '10.20.0.1';
export const PORT = 9099;

const LISTENER = `require('node:http').createServer((_, answer) => answer.end('reached')).listen(${PORT}, '0.0.0.0')`;

/** A world outside of the sandbox, which has none: another network namespace that answers at all its addresses. */
export class Outside {
  private readonly listeners: ChildProcess[] = [];

  async start(): Promise<void> {
    ip('netns', 'add', NAMESPACE);
    ip('link', 'add', 'to-outside', 'type', 'veth', 'peer', 'name', 'eth0', 'netns', NAMESPACE);
    ip('addr', 'add', `${HOST_SIDE}/24`, 'dev', 'to-outside');
    ip('link', 'set', 'to-outside', 'up');
    const inside = (...args: string[]) => {
      ip('-n', NAMESPACE, ...args);
    };
    inside('link', 'set', 'lo', 'up');
    inside('addr', 'add', `${OUTSIDE.private}/24`, 'dev', 'eth0');
    inside('link', 'set', 'eth0', 'up');
    inside('route', 'add', 'default', 'via', HOST_SIDE);
    for (const address of [OUTSIDE.metadata, OUTSIDE.shared, OUTSIDE.public]) {
      inside('addr', 'add', `${address}/32`, 'dev', 'lo');
      ip('route', 'add', `${address}/32`, 'via', OUTSIDE.private);
    }
    this.run(LISTENER);
    // On every address of the host itself.
    this.listen('node', ['-e', LISTENER]);
    await sleep(1500);
  }

  stop(): void {
    for (const listener of this.listeners) listener.kill();
    execFileSync('ip', ['link', 'delete', 'to-outside']);
    execFileSync('ip', ['netns', 'delete', NAMESPACE]);
  }

  /** Runs a script out there until the end. */
  run(script: string): void {
    this.listen('ip', ['netns', 'exec', NAMESPACE, 'node', '-e', script]);
  }

  // In processes of their own: a test that waits for a command doesn't answer.
  private listen(program: string, args: readonly string[]): void {
    this.listeners.push(spawn(program, args, { stdio: 'ignore' }));
  }
}

function ip(...args: string[]): void {
  execFileSync('ip', args);
}
