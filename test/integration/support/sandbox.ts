import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * A Docker Engine of the tests' own, in a network namespace without any way out. It runs beside the host's engine, so that tests may
 * use the real names, subnets and ports, kill what they like, and never meet a platform that the user runs.
 */
export class Sandbox {
  readonly namespace: string;
  readonly dockerHost: string;

  constructor(readonly directory: string) {
    this.namespace = `nuts-saas-test-${directory.replaceAll(/\W/g, '').slice(-8)}`;
    this.dockerHost = `unix://${join(directory, 'docker.sock')}`;
  }

  async start(): Promise<void> {
    mkdirSync(this.directory, { recursive: true });
    execFileSync('ip', ['netns', 'add', this.namespace]);
    execFileSync('ip', ['-n', this.namespace, 'link', 'set', 'lo', 'up']);
    await this.startEngine();
  }

  async startEngine(): Promise<void> {
    const path = (name: string) => join(this.directory, name);
    const log = openSync(path('dockerd.log'), 'a');
    const engine = [
      'dockerd',
      '--host',
      this.dockerHost,
      '--data-root',
      path('data'),
      '--exec-root',
      path('exec'),
      '--pidfile',
      path('pid'),
      '--containerd-namespace',
      this.namespace,
      '--containerd-plugins-namespace',
      `${this.namespace}-plugins`,
    ];
    // nsenter, since `ip netns exec` would hide the cgroups; a mount namespace of its own, so that its mounts end with it.
    const child = spawn(
      'nsenter',
      [`--net=/run/netns/${this.namespace}`, 'unshare', '--mount', '--propagation', 'private', ...engine],
      { detached: true, stdio: ['ignore', log, log] },
    );
    child.unref();
    for (let attempt = 0; attempt < 120; attempt++) {
      if (this.engineAnswers()) return;
      await sleep(250);
    }
    throw new Error(
      `the tests' Docker Engine did not start:\n${readFileSync(path('dockerd.log'), 'utf8').slice(-2000)}`,
    );
  }

  async stopEngine(): Promise<void> {
    const pid = Number(readFileSync(join(this.directory, 'pid'), 'utf8'));
    process.kill(pid, 'SIGTERM');
    while (isAlive(pid)) await sleep(100);
  }

  async remove(): Promise<void> {
    if (existsSync(join(this.directory, 'pid'))) {
      const containers = this.docker('ps', '--all', '--quiet').split('\n').filter(Boolean);
      if (containers.length > 0) this.docker('rm', '--force', ...containers);
      await this.stopEngine();
    }
    execFileSync('ip', ['netns', 'delete', this.namespace]);
    rmSync(this.directory, { recursive: true, force: true });
  }

  private docker(...args: string[]): string {
    return execFileSync('docker', args, {
      env: { ...process.env, DOCKER_HOST: this.dockerHost },
      encoding: 'utf8',
    });
  }

  private engineAnswers(): boolean {
    try {
      this.docker('version');
      return true;
    } catch {
      return false;
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A zombie answers too.
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}
