import { Command } from 'commander';
import { findTenant, openProject, type Project } from '../project';
import { table } from '../table';
import { fingerprint } from './key-pair';
import { LocalKeys } from './local-keys';

interface ListedClient {
  readonly tenant: string;
  readonly client: string;
  readonly keys: readonly { readonly fingerprint: string; readonly privateKeyFile?: string }[];
  /** Of its own, beside those of the tenant's API. */
  readonly addresses: readonly string[];
}

export function listCommand(): Command {
  return new Command('list')
    .description(
      "the clients of a tenant's API, or of every tenant's: their keys, and from where they may call",
    )
    .argument('[tenant]', 'id of the tenant')
    .option('--json', 'for programs')
    .addHelpText(
      'after',
      `
It shows the configuration. What is not applied yet, no node knows.

Examples:
  nuts-saas client list acme
  nuts-saas client list --json | jq '.[] | select(.keys | length > 1)'`,
    )
    .action((id: string | undefined, { json }: { json?: boolean }) => {
      const clients = listClients(openProject(), id);
      console.log(json ? JSON.stringify(clients, null, 2) : describe(clients));
    });
}

function listClients(project: Project, id: string | undefined): ListedClient[] {
  const tenants = id === undefined ? project.tenants : [findTenant(project, id)];
  return tenants.flatMap((tenant) =>
    Object.entries(tenant.api?.clients ?? {}).map(([client, { keys, addresses = [] }]) => {
      const local = new LocalKeys(project.directory, tenant.id, client);
      return {
        tenant: tenant.id,
        client,
        keys: keys.map((key) => {
          const found = local.find(fingerprint(key));
          return { fingerprint: fingerprint(key), ...(found && { privateKeyFile: found.file }) };
        }),
        addresses,
      };
    }),
  );
}

function describe(clients: readonly ListedClient[]): string {
  if (clients.length === 0) return 'No client yet: nuts-saas client add <tenant> <client>';
  const rows = clients.flatMap(({ tenant, client, keys, addresses }) =>
    keys.map((key) => [
      tenant,
      client,
      key.fingerprint,
      key.privateKeyFile === undefined ? 'elsewhere' : 'here',
      addresses.join(', ') || "the API's",
    ]),
  );
  return table([['TENANT', 'CLIENT', 'KEY', 'PRIVATE KEY', 'ADDRESSES'], ...rows]);
}
