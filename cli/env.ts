import { Command } from 'commander';
import { toolchainEnvironment } from '../toolchain/environment';

export function envCommand(): Command {
  return new Command('env')
    .description('environment variables with which plain cdktf and terraform find what the toolchain got')
    .addHelpText(
      'after',
      `
Needed only on a machine that can't reach the Terraform registry or Docker Hub.

Examples:
  eval "$(npx nuts-saas env)" && npx cdktf diff tenant-acme`,
    )
    .action(() => {
      for (const [name, value] of Object.entries(toolchainEnvironment()))
        console.log(`export ${name}='${value.replaceAll("'", `'\\''`)}'`);
    });
}
