import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, closeSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { canInstallPackages, installPackages } from './apt';
import { cachePath } from './cache';
import { ask, hasProgram, lastLines, run, type Answer } from './command';
import { askEngine } from './docker';
import { missing, ok, type Progress, type Requirement } from './requirement';
import { ToolchainError } from './toolchain-error';

/** What starting an engine needs to know and do. */
export interface EngineSystem {
  /** The address of an engine that the user has chosen; nothing is installed for that one. */
  chosenEngine(): Promise<string | undefined>;
  answer(): Promise<Answer>;
  hasProgram(name: string): boolean;
  canInstall(): boolean;
  install(packages: readonly string[], progress: Progress): Promise<void>;
  start(progress: Progress): Promise<void>;
}

export async function ensureEngine(system: EngineSystem, progress: Progress): Promise<void> {
  const chosen = await system.chosenEngine();
  if (chosen === undefined && system.canInstall()) {
    const packages = missingPackages(system);
    if (packages.length > 0) await system.install(packages, progress);
    // Newer Debian releases have the command line in a package of its own.
    if (!system.hasProgram('docker')) await system.install(['docker-cli'], progress);
  }
  if (!system.hasProgram('docker'))
    throw problem(
      'The docker command is not installed.',
      '',
      'install it (https://docs.docker.com/engine/install/).',
    );
  const answer = await system.answer();
  if (answer.ok) return;
  if (chosen !== undefined)
    throw problem(
      `The Docker Engine at ${chosen} doesn't answer.`,
      answer.reason,
      'DOCKER_HOST (or the Docker context) names this engine, so no other is installed: start it, correct the address, or unset DOCKER_HOST.',
    );
  if (/permission denied/i.test(answer.reason))
    throw problem(
      'The Docker Engine runs, but this user may not use it.',
      answer.reason,
      'run `sudo usermod -aG docker $USER`, log in again and run this again. (Who may use the engine is root on this machine.)',
    );
  if (!system.canInstall())
    throw problem(
      'The Docker Engine is not running.',
      answer.reason,
      'start it (`sudo systemctl start docker`, or Docker Desktop); if it is not installed: https://docs.docker.com/engine/install/. Root on a Debian-like system has it installed and started by this command.',
    );
  await system.start(progress);
}

function missingPackages(system: EngineSystem): string[] {
  return [
    ...(system.hasProgram('dockerd') && system.hasProgram('docker') ? [] : ['docker.io']),
    ...(system.hasProgram('iptables') ? [] : ['iptables']),
  ];
}

function problem(what: string, why: string, remedy: string): ToolchainError {
  return new ToolchainError({ what, why, remedy });
}

export const dockerEngine: Requirement = {
  name: 'Docker Engine',

  async inspect() {
    if (!hasProgram('docker')) return missing(this.name, 'the docker command is not installed');
    const answer = await askEngine();
    return answer.ok ? ok(this.name, answer.output) : missing(this.name, answer.reason);
  },

  install: (progress) => ensureEngine(thisMachine, progress),
};

const thisMachine: EngineSystem = {
  async chosenEngine() {
    const host = process.env.DOCKER_HOST;
    if (host !== undefined && host !== '') return host;
    const context = await ask('docker', [
      'context',
      'inspect',
      '--format',
      '{{.Name}} {{.Endpoints.docker.Host}}',
    ]);
    const [name, endpoint] = context.output.split(' ');
    return !context.ok || name === 'default' ? undefined : endpoint;
  },
  answer: askEngine,
  hasProgram,
  canInstall: canInstallPackages,
  install: installPackages,
  start: startEngine,
};

async function startEngine(progress: Progress): Promise<void> {
  if (existsSync('/run/systemd/system')) {
    const remedy = 'read `journalctl -u docker`, solve what it says and run this again.';
    await run('systemctl', ['start', 'docker'], {
      what: "The Docker Engine doesn't start.",
      remedy,
      progress,
    });
    return;
  }
  const log = cachePath('dockerd.log');
  mkdirSync(cachePath(), { recursive: true });
  const output = openSync(log, 'w');
  progress.line(`dockerd (its log: ${log})`);
  // It outlives this command: the platform runs on it.
  const daemon = spawn('dockerd', [], { detached: true, stdio: ['ignore', output, output] });
  let ended: string | undefined;
  daemon.on('error', (error) => (ended = error.message));
  daemon.on('exit', (code) => (ended = `dockerd ended with exit code ${code ?? 'unknown'}.`));
  daemon.unref();
  closeSync(output);
  await waitForEngine(log, () => ended);
}

async function waitForEngine(log: string, ended: () => string | undefined): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await askEngine()).ok) {
    const why = ended() ?? (Date.now() > deadline ? 'It gave no answer within a minute.' : undefined);
    // Another run may have started the engine first; then this one's dockerd ends, and the other's answers soon.
    if (why !== undefined && !(await answersSoon())) {
      const tail = lastLines(readFileSync(log, 'utf8').split('\n'), 12);
      const remedy = `solve what its log says (${log}), or start a Docker Engine yourself, and run this again.`;
      throw problem("The Docker Engine doesn't start.", `${why}\n${tail}`, remedy);
    }
    await sleep(250);
  }
}

async function answersSoon(): Promise<boolean> {
  for (let attempt = 0; attempt < 10; attempt++) {
    if ((await askEngine()).ok) return true;
    await sleep(500);
  }
  return false;
}
