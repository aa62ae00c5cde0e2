import { text } from 'node:stream/consumers';
import { Command } from 'commander';
import { PlatformNames } from '../../lib/names';
import { tenantStackName } from '../../stacks/add-stacks';
import { refuseClosedVault } from '../apply';
import { findTenant, openProject, type Project } from '../project';
import { UserError } from '../user-error';
import { operatorVault } from '../vault/project-vault';
import { isMounted, makeSecretsMount, writeSecret } from '../vault/secrets-mount';
import { wantedSecrets, type WantedSecret } from './wanted-secrets';

export function secretCommand(): Command {
  return new Command('secret')
    .description('secrets that are made outside the platform, such as the password of a database')
    .addCommand(setCommand());
}

function setCommand(): Command {
  return new Command('set')
    .description(
      "puts a secret of a tenant into Vault, from standard input; the tenant's node restarts on it",
    )
    .argument('<tenant>', 'id of the tenant')
    .argument('<name>', 'sql (how a given database is reached) or redis (the password for a given Redis)')
    .addHelpText(
      'after',
      `
The secret goes from standard input straight into Vault: it is never an argument, in a file of the project, or in Terraform's state,
and this command can't read it again. A tenant that runs takes a new one within a minute.

Examples:
  nuts-saas secret set acme sql < connection.txt
  pass show acme/sql | nuts-saas secret set acme sql`,
    )
    .action(async (id: string, name: string) => {
      const project = openProject();
      const secret = findSecret(project, id, name);
      if (process.stdin.isTTY) console.error('Paste it, then press Enter and Ctrl-D:');
      const value = (await text(process.stdin)).trim();
      const fault = secret.fault(value, project.platform.environment);
      if (fault !== undefined) throw new UserError(fault.message, fault.remedy);

      await refuseClosedVault(project);
      const vault = operatorVault(project);
      const { secretsMount } = new PlatformNames(project.platform.name).tenant(id);
      if (!(await isMounted(vault, secretsMount))) await makeSecretsMount(project, id);
      const version = await writeSecret(vault, `${secretsMount}/data/${name}`, { [secret.field]: value });
      console.log(`Tenant ${id}: ${secret.what} is in Vault, as version ${version}.`);
      if (version === 1) console.log(`Next: npx nuts-saas apply ${tenantStackName(id)}`);
    });
}

function findSecret(project: Project, id: string, name: string): WantedSecret {
  const wanted = wantedSecrets(findTenant(project, id), project.platform);
  const secret = wanted.find((one) => one.name === name);
  if (secret !== undefined) return secret;
  throw new UserError(
    `tenant ${id} has no use for a secret "${name}"`,
    wanted.length > 0
      ? `it has one for: ${wanted.map((one) => one.name).join(', ')}`
      : 'sql is one for a tenant with sql: { type: given }, redis for a part of a shared Redis that is given',
  );
}
