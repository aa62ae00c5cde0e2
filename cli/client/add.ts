import { Command } from 'commander';
import { type ApiAccess, isOpen } from '../../lib/tenant/api-access';
import { tenantStackName } from '../../stacks/add-stacks';
import { findTenant, openProject, type Project } from '../project';
import { UserError } from '../user-error';
import { editTenant } from './edit-tenant';
import { newKeyPair } from './key-pair';
import { LocalKeys } from './local-keys';

export function addCommand(): Command {
  return new Command('add')
    .description("makes a key for a client and writes its public half into the tenant's file")
    .argument('<tenant>', 'id of the tenant')
    .argument('<client>', 'name of the client, such as ehr')
    .option(
      '--from <addresses...>',
      'addresses or subnets that the client calls from (default: those of the API, or this machine in development)',
    )
    .addHelpText(
      'after',
      `
The private key stays on this machine, in .nuts-saas/clients/. Apply the tenant to let the node know; it restarts, within seconds.

Examples:
  nuts-saas client add acme ehr --from 203.0.113.7
  nuts-saas apply tenant-acme`,
    )
    .action((id: string, client: string, { from }: { from?: string[] }) => {
      const project = openProject();
      const keyFile = addClient(project, id, client, from);
      console.log(`Client ${client} of ${id}: private key in ${keyFile}, public key in tenants/${id}.yaml`);
      console.log(`Next: npx nuts-saas apply ${tenantStackName(id)}`);
    });
}

function addClient(
  project: Project,
  id: string,
  client: string,
  from: readonly string[] | undefined,
): string {
  const { api } = findTenant(project, id);
  const local = new LocalKeys(project.directory, id, client);
  if (api?.clients && Object.hasOwn(api.clients, client))
    throw new UserError(
      `tenant ${id} has a client "${client}" already`,
      `choose another name, or give it a new key: nuts-saas client rotate ${id} ${client}`,
    );
  if (local.all().length > 0)
    throw new UserError(
      `${local.file} exists`,
      'choose another name, or move the file away if nobody uses that key',
    );

  const { privateKey, publicKey } = newKeyPair();
  const addresses = from ?? addressesOf(project, api);
  editTenant(project, id, (document) => {
    document.setIn(
      ['api', 'clients', client],
      document.createNode({ keys: [publicKey], ...(addresses && { addresses }) }),
    );
  });
  local.add(privateKey);
  return local.file;
}

/** A client needs addresses of its own when without them no address, or only another client's, would be let in. */
function addressesOf({ platform }: Project, api: ApiAccess = {}): string[] | undefined {
  const { clients, ...guards } = api;
  const isOpenToAll = isOpen(guards) && (guards.addresses !== undefined || !haveAddresses(clients));
  if (isOpenToAll) return undefined;
  // From where this machine's own calls come to the proxy of a development platform.
  if (platform.environment === 'development') return [platform.proxy.address];
  throw new UserError(
    "the tenant's API isn't open to a new client",
    'say where it calls from: --from 203.0.113.7',
  );
}

function haveAddresses(clients: ApiAccess['clients'] = {}): boolean {
  return Object.values(clients).some(({ addresses }) => addresses !== undefined);
}
