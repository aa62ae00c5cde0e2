import { Command } from 'commander';
import { tenantStackName } from '../../stacks/add-stacks';
import { openProject } from '../project';
import { editTenant } from './edit-tenant';
import { findClient } from './find-client';
import { fingerprint, newKeyPair } from './key-pair';
import { LocalKeys } from './local-keys';

export function rotateCommand(): Command {
  return new Command('rotate')
    .description(
      'gives a client a new key beside the ones that it has; these stay good until they are revoked',
    )
    .argument('<tenant>', 'id of the tenant')
    .argument('<client>', 'name of the client')
    .addHelpText(
      'after',
      `
Apply the tenant, hand the new private key to the client, and revoke the old key when the client has changed over.

Examples:
  nuts-saas client rotate acme ehr
  nuts-saas apply tenant-acme
  nuts-saas client list acme
  nuts-saas client revoke acme ehr --key SHA256:…`,
    )
    .action((id: string, client: string) => {
      const project = openProject();
      const { keys } = findClient(project, id, client);
      const { privateKey, publicKey } = newKeyPair();
      editTenant(project, id, (document) => {
        document.addIn(['api', 'clients', client, 'keys'], publicKey);
      });
      const local = new LocalKeys(project.directory, id, client);
      local.add(privateKey);
      console.log(`Client ${client} of ${id} has a new key ${fingerprint(publicKey)} in ${local.file}`);
      console.log(
        `Next: npx nuts-saas apply ${tenantStackName(id)}; then, when the client uses the new key:`,
      );
      for (const old of keys)
        console.log(`  npx nuts-saas client revoke ${id} ${client} --key ${fingerprint(old)}`);
    });
}
