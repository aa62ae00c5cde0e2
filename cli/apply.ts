import { Command } from 'commander';
import { toolchainEnvironment } from '../toolchain/environment';
import { ALL_BUT_VAULT, Cdktf } from './cdktf';
import { readyStacks, reportUnready, unreadyTenants } from './readiness';
import { Engine } from './engine';
import { openProject, refuseOrphans } from './project';
import { refuseUnsafeStacks } from './synthesis';
import { vaultClient } from './vault/project-vault';
import { UserError } from './user-error';

export function applyCommand(): Command {
  return new Command('apply')
    .description(
      'plans and applies stacks, after looking whether that can work: cdktf deploy with the toolchain',
    )
    .argument('[stacks...]', "names or patterns, such as platform, tenant-acme or 'tenant-*'", ALL_BUT_VAULT)
    .option('--auto-approve', 'apply without asking')
    .addHelpText(
      'after',
      `
Examples:
  nuts-saas apply tenant-acme
  nuts-saas apply platform 'tenant-*' --auto-approve`,
    )
    .action(async (stacks: string[], { autoApprove }: { autoApprove?: boolean }) => {
      const project = openProject();
      refuseOrphans(project);
      Object.assign(process.env, toolchainEnvironment());
      await new Engine(project.platform.name).check();
      await refuseClosedVault(project);
      await refuseUnsafeStacks(project.directory);
      const { ready, refused } = readyStacks(project, stacks, await unreadyTenants(project));
      if (ready.length > 0) await new Cdktf(project.directory).deploy(ready, { ask: autoApprove !== true });
      reportUnready(refused);
    });
}

/** @throws UserError when Terraform could only fail, in words that say nothing of the cause */
export async function refuseClosedVault(project: ReturnType<typeof openProject>): Promise<void> {
  const { vault } = project.platform;
  const state = await vaultClient(project).sealState();
  if (state === 'unsealed') return;
  const where = vault.kind === 'local' ? 'the local Vault' : `Vault at ${vault.address}`;
  throw new UserError(
    `${where} is ${state}`,
    vault.kind === 'local'
      ? 'nuts-saas up starts, initialises and unseals it'
      : 'unseal it, or make it reachable from here',
  );
}
