import { Command } from 'commander';
import { TenantHosts } from '../../lib/names';
import { findTenant, openProject } from '../project';
import { UserError } from '../user-error';
import { LocalKeys } from './local-keys';
import { signToken } from './token';

const MAX_HOURS = 24;

export function tokenCommand(): Command {
  return new Command('token')
    .description("a token for a tenant's API, signed with a client's key, for the Authorization header")
    .argument('<tenant>', 'id of the tenant')
    .argument('<client>', 'name of the client')
    .option('--hours <n>', `how long it is good, at most ${MAX_HOURS}`, '1')
    .option('--key <fingerprint>', 'sign with this key, as `client list` shows it (default: the newest one)')
    .addHelpText(
      'after',
      `
Examples:
  curl -H "Authorization: Bearer $(nuts-saas client token acme ehr)" https://api-acme.saas.internal/internal/vdr/v2/subject`,
    )
    .action(async (id: string, client: string, { hours, key }: { hours: string; key?: string }) => {
      const project = openProject();
      findTenant(project, id);
      const lifetime = Number(hours);
      if (!(lifetime > 0 && lifetime <= MAX_HOURS))
        throw new UserError(
          `--hours ${hours} can't be used`,
          `give a number up to ${MAX_HOURS}: the node refuses more`,
        );
      const local = new LocalKeys(project.directory, id, client);
      const found = key === undefined ? local.all()[0] : local.find(key);
      if (found === undefined)
        throw new UserError(
          key === undefined ? `there is no key in ${local.file}` : `the private key of ${key} isn't here`,
          key === undefined
            ? `nuts-saas client add ${id} ${client} makes one`
            : `nuts-saas client list ${id} says which are`,
        );
      const audience = new TenantHosts(id, project.platform.domain).api;
      const lifetimeSeconds = Math.round(lifetime * 3600);
      console.log(await signToken(found.privateKey, { client, audience, lifetimeSeconds }));
    });
}
