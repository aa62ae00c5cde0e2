import { Command } from 'commander';
import { PlatformNames } from '../../lib/names';
import { userRules } from '../../lib/redis/access-rules';
import { findTenant, openProject } from '../project';
import { UserError } from '../user-error';

export function redisCommand(): Command {
  return new Command('redis').description('a Redis that tenants share').addCommand(aclCommand());
}

interface RedisUser {
  readonly user: string;
  readonly rules: string;
}

function aclCommand(): Command {
  return new Command('acl')
    .description("the user that a tenant needs at a Redis that is given, as a rule of Redis' ACL")
    .argument('<tenant>', 'id of the tenant')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      `
For whoever runs that Redis. The password is not in it: make one there, and bring it with \`nuts-saas secret set <tenant> redis\`. To
change it, add the new one to the user, bring it, and take the old one away when the node has restarted, within a minute.
The user "default" has to be off there.

Examples:
  nuts-saas redis acl acme`,
    )
    .action((id: string, { json }: { json?: boolean }) => {
      const found = redisUser(id);
      console.log(
        json
          ? JSON.stringify(found)
          : `ACL SETUSER ${found.user} reset on ${found.rules} #<sha256 of the password, in hex>`,
      );
    });
}

function redisUser(id: string): RedisUser {
  const project = openProject();
  const { redis, release } = findTenant(project, id);
  if (redis?.mode !== 'shared' || project.platform.redis?.kind !== 'given')
    throw new UserError(
      `tenant ${id} needs nobody to make its Redis user`,
      'that is for tenants with redis: { mode: shared }, on a platform with redis: { kind: given }',
    );
  const names = new PlatformNames(project.platform.name).tenant(id);
  return { user: names.redisUser, rules: userRules(id, release) };
}
