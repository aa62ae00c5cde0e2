import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyProject } from './support/project-copy';
import { Sandbox } from './support/sandbox';

/** Runs the integration tests in a sandbox, which needs root: it makes a network namespace and starts a Docker Engine in it. */
async function main(): Promise<number> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    console.error(
      'The integration tests start a Docker Engine of their own, which needs Linux and root: sudo npm test',
    );
    console.error(
      'Everything that needs neither: npm run lint, npm run types, npm run test:unit, npm run test:contract',
    );
    return 1;
  }
  const directory = mkdtempSync(join(tmpdir(), 'nuts-saas-test-'));
  const sandbox = new Sandbox(join(directory, 'engine'));
  const project = join(directory, 'project');
  copyProject(project);
  await sandbox.start();
  try {
    const jest = ['npx', 'jest', '--selectProjects', 'integration', '--runInBand', ...process.argv.slice(2)];
    const child = spawn('nsenter', [`--net=/run/netns/${sandbox.namespace}`, ...jest], {
      stdio: 'inherit',
      env: {
        ...process.env,
        DOCKER_HOST: sandbox.dockerHost,
        NUTS_TEST_ENGINE: sandbox.directory,
        NUTS_TEST_PROJECT: project,
      },
    });
    // The tests end first, then the sandbox.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
    const [code] = (await once(child, 'exit')) as [number | null];
    return code ?? 1;
  } finally {
    await sandbox.remove();
    rmSync(directory, { recursive: true, force: true });
  }
}

void main().then((code) => {
  process.exitCode = code;
});
