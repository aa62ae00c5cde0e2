import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { parseDocument } from 'yaml';
import { TenantHosts } from '../../lib/names';
import { isOpen } from '../../lib/tenant/api-access';
import { tenantStackName } from '../../stacks/add-stacks';
import { loadConfiguration } from '../../stacks/config/load';
import { clientKeyFile } from '../../stacks/local-files';
import { findTenant, openProject, type Project } from '../project';
import { UserError } from '../user-error';
import { readPrivateFile, writePrivateFile } from '../vault/private-file';
import { newKeyPair } from './key-pair';
import { signToken } from './token';

const MAX_HOURS = 24;

export function clientCommand(): Command {
  return new Command('client')
    .description("clients of a tenant's API, each with a key of its own")
    .addCommand(addCommand())
    .addCommand(tokenCommand());
}

function addCommand(): Command {
  return new Command('add')
    .description("makes a key for a client and writes its public half into the tenant's file")
    .argument('<tenant>', 'id of the tenant')
    .argument('<client>', 'name of the client, such as ehr')
    .option(
      '--from <addresses...>',
      'addresses or subnets that may call (default: this machine, while the API is closed)',
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
  const keyFile = clientKeyFile(project.directory, id, client);
  if (api?.clients && client in api.clients)
    throw new UserError(
      `tenant ${id} has a client "${client}" already`,
      'choose another name; both keys work side by side',
    );
  if (existsSync(keyFile))
    throw new UserError(
      `${keyFile} exists`,
      'choose another name, or move the file away if nobody uses that key',
    );

  const { privateKey, publicKey } = newKeyPair();
  const file = join(project.directory, 'tenants', `${id}.yaml`);
  const before = readFileSync(file, 'utf8');
  const document = parseDocument(before);
  const addresses = from ?? (isOpen(api ?? {}) ? [] : thisMachine(project));
  const allowed = [...new Set([...(api?.addresses ?? []), ...addresses])];
  if (allowed.length > 0) document.setIn(['api', 'addresses'], allowed);
  document.setIn(['api', 'clients', client], publicKey);
  writeFileSync(file, document.toString({ lineWidth: 0, flowCollectionPadding: false }));
  try {
    loadConfiguration(project.directory);
  } catch (error) {
    writeFileSync(file, before);
    throw error;
  }
  writePrivateFile(keyFile, privateKey);
  return keyFile;
}

/** The address from which this machine's own calls come to the proxy of a development platform. */
function thisMachine({ platform }: Project): string[] {
  if (platform.environment === 'development') return [platform.proxy.address];
  throw new UserError("the tenant's API is closed", 'say who may call it: --from 203.0.113.7');
}

function tokenCommand(): Command {
  return new Command('token')
    .description("a token for a tenant's API, signed with a client's key, for the Authorization header")
    .argument('<tenant>', 'id of the tenant')
    .argument('<client>', 'name of the client')
    .option('--hours <n>', `how long it is good, at most ${MAX_HOURS}`, '1')
    .addHelpText(
      'after',
      `
Examples:
  curl -H "Authorization: Bearer $(nuts-saas client token acme ehr)" https://api-acme.saas.internal/internal/vdr/v2/subject`,
    )
    .action(async (id: string, client: string, { hours }: { hours: string }) => {
      const project = openProject();
      findTenant(project, id);
      const lifetime = Number(hours);
      if (!(lifetime > 0 && lifetime <= MAX_HOURS))
        throw new UserError(
          `--hours ${hours} can't be used`,
          `give a number up to ${MAX_HOURS}: the node refuses more`,
        );
      const keyFile = clientKeyFile(project.directory, id, client);
      const key = readPrivateFile(keyFile);
      if (key === undefined)
        throw new UserError(
          `there is no key in ${keyFile}`,
          `nuts-saas client add ${id} ${client} makes one`,
        );
      const audience = new TenantHosts(id, project.platform.domain).api;
      console.log(await signToken(key, { client, audience, lifetimeSeconds: Math.round(lifetime * 3600) }));
    });
}
