import { createInterface } from 'node:readline/promises';
import { Command } from 'commander';
import { isMap } from 'yaml';
import { tenantStackName } from '../../stacks/add-stacks';
import { openProject, type Project } from '../project';
import { UserError } from '../user-error';
import { editTenant } from './edit-tenant';
import { findClient, findKey } from './find-client';
import { fingerprint } from './key-pair';
import { LocalKeys } from './local-keys';

export function revokeCommand(): Command {
  return new Command('revoke')
    .description(
      "takes a client, or one key of it, out of the tenant's file, and its private key off this machine",
    )
    .argument('<tenant>', 'id of the tenant')
    .argument('<client>', 'name of the client')
    .option('--key <fingerprint>', 'only this key, as `client list` shows it')
    .option('--yes', 'without asking')
    .addHelpText(
      'after',
      `
The key is good until the tenant is applied; from then on no token that it signed is.

Examples:
  nuts-saas client revoke acme ehr --key SHA256:Zx0…
  nuts-saas client revoke acme ehr --yes
  nuts-saas apply tenant-acme`,
    )
    .action(async (id: string, client: string, { key, yes }: { key?: string; yes?: boolean }) => {
      const project = openProject();
      const { keys } = findClient(project, id, client);
      const revoked = key === undefined ? keys : [findKey({ keys }, key)];
      if (key !== undefined && keys.length === 1)
        throw new UserError(
          `${key} is the only key of client ${client}`,
          `rotate it first: nuts-saas client rotate ${id} ${client}; or revoke the client, without --key`,
        );
      const what = key === undefined ? `client ${client}` : `key ${key} of client ${client}`;
      if (!yes) await confirm(what, client);
      removeKeys(project, id, client, key === undefined ? undefined : revoked);
      const files = new LocalKeys(project.directory, id, client).remove(revoked.map(fingerprint));
      console.log(`Revoked: ${what} of ${id}${files.length > 0 ? `; removed ${files.join(', ')}` : ''}`);
      console.log(`It is good until you apply: npx nuts-saas apply ${tenantStackName(id)}`);
    });
}

/** Takes keys out, or the whole client; and what is left empty by that. */
function removeKeys(project: Project, id: string, client: string, keys: readonly string[] | undefined): void {
  editTenant(project, id, (document) => {
    const path = ['api', 'clients', client];
    if (keys === undefined) document.deleteIn(path);
    else {
      const { keys: before } = findClient(project, id, client);
      for (const key of keys) document.deleteIn([...path, 'keys', before.indexOf(key)]);
    }
    for (const parent of [['api', 'clients'], ['api']]) {
      const node = document.getIn(parent);
      if (isMap(node) && node.items.length === 0) document.deleteIn(parent);
    }
  });
}

async function confirm(what: string, client: string): Promise<void> {
  if (!process.stdin.isTTY)
    throw new UserError('nobody is there to confirm this', `say --yes to revoke ${what}`);
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await prompt.question(`Whoever uses ${what} is cut off. Type "${client}" to go on: `);
  prompt.close();
  if (answer !== client)
    throw new UserError('not confirmed; nothing was revoked', `type ${client} to confirm`);
}
