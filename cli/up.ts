import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import { PlatformNames } from '../lib/names';
import { authorityFile } from '../stacks/local-files';
import { toolchainEnvironment } from '../toolchain/environment';
import { installToolchain } from '../toolchain/install';
import { runSteps, type Step } from '../toolchain/progress';
import { refuseClosedVault } from './apply';
import { ALL_BUT_VAULT, Cdktf } from './cdktf';
import { readyStacks, reportUnready, unreadyTenants } from './readiness';
import { Engine } from './engine';
import { nextSteps } from './next-steps';
import { refuseTakenPorts } from './ports';
import { openProject, refuseOrphans, type Project } from './project';
import { describeStatus } from './status/command';
import { refuseUnsafeStacks } from './synthesis';
import { settledStatus } from './status/settled-status';
import { vaultClient } from './vault/project-vault';
import { LocalVault } from './vault/local-vault';

export function upCommand(): Command {
  return new Command('up')
    .description('gets what this machine lacks, starts the platform and its tenants, and says how they are')
    .addHelpText(
      'after',
      `
Safe to repeat: what is there already stays as it is, and a local Vault that a restart has sealed is unsealed.

Examples:
  nuts-saas up        in a folder with platform.yaml, tenants/ and cdktf.json`,
    )
    .action(async () => {
      const project = openProject();
      refuseOrphans(project);
      await installToolchain({});
      Object.assign(process.env, toolchainEnvironment());
      await refuseUnsafeStacks(project.directory);
      await runSteps(steps(project));
      const unready = await unreadyTenants(project);
      const status = await settledStatus(project, new Set(unready.map(({ tenant }) => tenant)));
      console.log(`\n${describeStatus(status)}\n\n${nextSteps(project)}`);
      if (!status.healthy) process.exitCode = 1;
      reportUnready(unready);
    });
}

function steps(project: Project): Step[] {
  const { platform, tenants, directory } = project;
  const cdktf = new Cdktf(directory);
  return [
    { title: 'Look at the machine', run: () => lookAtMachine(project) },
    ...(platform.vault.kind === 'local' ? localVaultSteps(project, cdktf, platform.vault.port) : []),
    {
      title: `Apply the platform and ${tenants.length} ${tenants.length === 1 ? 'tenant' : 'tenants'}`,
      run: async (progress) => {
        const { ready } = readyStacks(project, ALL_BUT_VAULT, await unreadyTenants(project));
        await cdktf.deploy(ready, {
          onLine: (line) => {
            progress.line(line);
          },
        });
        return undefined;
      },
    },
    ...(platform.proxy.tls.issuer === 'platform-ca'
      ? [{ title: 'Keep the certificate of the platform’s authority', run: () => keepAuthority(project) }]
      : []),
  ];
}

/** Vault must run and be open before anything in it can be planned, which is why it has a stack of its own. */
function localVaultSteps({ directory, platform }: Project, cdktf: Cdktf, port: number): Step[] {
  const address = `http://127.0.0.1:${port}`;
  const vault = new LocalVault(directory, address, platform.name);
  return [
    {
      title: 'Start the local Vault',
      run: async (progress) => {
        await cdktf.deploy(['vault'], {
          onLine: (line) => {
            progress.line(line);
          },
        });
        return undefined;
      },
    },
    { title: 'Open the local Vault', run: () => vault.makeReady() },
  ];
}

async function lookAtMachine(project: Project): Promise<undefined> {
  const engine = new Engine(project.platform.name);
  await engine.check();
  await waitForPorts(project, engine);
  if (project.platform.vault.kind === 'external') await refuseClosedVault(project);
}

// One of the platform's own containers that Docker is bringing back holds its port before Docker says that it runs.
const COMES_BACK_WITHIN_SECONDS = 15;

async function waitForPorts(project: Project, engine: Engine): Promise<void> {
  for (let left = COMES_BACK_WITHIN_SECONDS; ; left--) {
    const containers = await engine.containers();
    const running = containers.filter(({ state }) => state === 'running');
    try {
      refuseTakenPorts(project, new Set(running.map(({ name }) => name)));
      return;
    } catch (error) {
      const comingBack = containers.some(({ state }) => state === 'restarting' || state === 'exited');
      if (left === 0 || !comingBack) throw error;
    }
    await sleep(1000);
  }
}

async function keepAuthority(project: Project): Promise<string> {
  const file = authorityFile(project.directory);
  writeFileSync(
    file,
    await vaultClient(project).pem(`${new PlatformNames(project.platform.name).pkiMount}/ca/pem`),
  );
  return file;
}
