import { ensureEngine, type EngineSystem } from '../../toolchain/docker-engine';
import { ToolchainError } from '../../toolchain/toolchain-error';

const REFUSED = 'Cannot connect to the Docker daemon';

/** A machine with these programs, and an engine that answers once it is started. */
function machine(settings: {
  programs: string[];
  chosen?: string;
  root?: boolean;
  running?: boolean;
  reason?: string;
}) {
  const done: string[] = [];
  const programs = new Set(settings.programs);
  const system: EngineSystem = {
    chosenEngine: () => Promise.resolve(settings.chosen),
    answer: () =>
      Promise.resolve(
        settings.running === true
          ? { ok: true, output: '28.0.0', reason: '' }
          : { ok: false, output: '', reason: settings.reason ?? REFUSED },
      ),
    hasProgram: (name) => programs.has(name),
    canInstall: () => settings.root ?? false,
    install: (packages) => {
      done.push(`install ${packages.join(' ')}`);
      for (const name of packages) programs.add(name === 'docker-cli' ? 'docker' : name);
      if (packages.includes('docker.io')) programs.add('dockerd');
      return Promise.resolve();
    },
    start: () => {
      done.push('start');
      return Promise.resolve();
    },
  };
  return { done, ensure: () => ensureEngine(system, { line: () => undefined }) };
}

const ALL = ['docker', 'dockerd', 'iptables'];

test('an engine that answers is left alone', async () => {
  const { done, ensure } = machine({ programs: ['docker'], running: true });
  await ensure();
  expect(done).toEqual([]);
});

test('an installed engine is started', async () => {
  const { done, ensure } = machine({ programs: ALL, root: true });
  await ensure();
  expect(done).toEqual(['start']);
});

test('root on Debian has the engine installed, and the command line where that is a package of its own', async () => {
  const { done, ensure } = machine({ programs: [], root: true });
  await ensure();
  expect(done).toEqual(['install docker.io iptables', 'install docker-cli', 'start']);
});

test('iptables alone can be what is missing', async () => {
  const { done, ensure } = machine({ programs: ['docker', 'dockerd'], root: true });
  await ensure();
  expect(done).toEqual(['install iptables', 'start']);
});

test.each([
  [
    'nothing is installed for an engine that the user has chosen',
    { chosen: 'tcp://10.0.0.9:2376', root: true },
    'unset DOCKER_HOST',
  ],
  ['somebody else than root is told what to run', {}, 'sudo systemctl start docker'],
  [
    'a user outside the docker group too',
    { reason: 'permission denied while trying to connect' },
    'usermod -aG docker',
  ],
])('%s', async (_title, settings, remedy) => {
  const { done, ensure } = machine({ programs: ALL, ...settings });
  await expect(ensure()).rejects.toThrow(ToolchainError);
  await expect(ensure()).rejects.toThrow(remedy);
  expect(done).toEqual([]);
});

test('without the docker command a chosen engine can’t be reached', async () => {
  const { done, ensure } = machine({ programs: [], root: true, chosen: 'ssh://cell-1' });
  await expect(ensure()).rejects.toThrow('The docker command is not installed.');
  expect(done).toEqual([]);
});
