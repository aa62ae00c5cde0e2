import { Command } from 'commander';
import { tenantStackName } from '../../stacks/add-stacks';
import { toolchainEnvironment } from '../../toolchain/environment';
import { refuseClosedVault } from '../apply';
import { Cdktf } from '../cdktf';
import { findTenant, openProject } from '../project';
import { UserError } from '../user-error';

export function tenantCommand(): Command {
  return new Command('tenant').description('what concerns one tenant').addCommand(rearmCommand());
}

function rearmCommand(): Command {
  return new Command('rearm')
    .description("gives a tenant's logins to Vault new SecretIDs, and makes the old ones worthless")
    .argument('<tenant>', 'id of the tenant')
    .addHelpText(
      'after',
      `
For a login that was lost (its volume is gone), that expired before it was used, or that may have leaked. The node goes on; for a
second or two it can't use its keys. Nothing changes in the configuration: the next plan is empty.

Examples:
  nuts-saas tenant rearm acme`,
    )
    .action(async (id: string) => {
      const project = openProject();
      findTenant(project, id);
      Object.assign(process.env, toolchainEnvironment());
      await refuseClosedVault(project);
      const cdktf = new Cdktf(project.directory);
      const stack = tenantStackName(id);
      await cdktf.synth();
      await cdktf.terraform(stack, ['init', '-input=false', '-no-color']);
      const resources = (await cdktf.terraform(stack, ['state', 'list'])).split('\n');
      const secretIds = resources.filter((name) =>
        name.startsWith('vault_approle_auth_backend_role_secret_id.'),
      );
      if (secretIds.length === 0)
        throw new UserError(`tenant ${id} has no login yet`, `apply it first: nuts-saas apply ${stack}`);
      await cdktf.terraform(stack, [
        'apply',
        '-auto-approve',
        '-input=false',
        '-no-color',
        ...secretIds.map((address) => `-replace=${address}`),
      ]);
      console.log(`Tenant ${id} has ${secretIds.length} new SecretIDs; the old ones are gone.`);
    });
}
