import { Command } from 'commander';
import { openProject } from '../project';
import { table } from '../table';
import { platformStatus, type PlatformStatus } from './platform-status';

export function statusCommand(): Command {
  return new Command('status')
    .description('what each tenant can do right now: node, keys, Redis and route, each asked itself')
    .option('--json', 'for programs')
    .addHelpText(
      'after',
      `
Exit code 0: everything is well; 1: something isn't.

Examples:
  nuts-saas status
  nuts-saas status --json | jq '.tenants[] | select(.healthy | not)'`,
    )
    .action(async ({ json }: { json?: boolean }) => {
      const status = await platformStatus(openProject());
      console.log(json ? JSON.stringify(status, null, 2) : describeStatus(status));
      if (!status.healthy) process.exitCode = 1;
    });
}

export function describeStatus(status: PlatformStatus): string {
  const head = ['TENANT', 'HEALTH', 'RELEASE', 'NODE', 'KEYS', 'REDIS', 'ROUTE', 'URL'];
  const rows = status.tenants.map((tenant) => [
    tenant.id,
    tenant.healthy ? 'healthy' : 'UNWELL',
    tenant.release,
    tenant.node,
    tenant.keys,
    tenant.redis,
    tenant.route,
    tenant.url,
  ]);
  return [
    `Vault ${status.vault}, proxy ${status.proxy}`,
    '',
    table([head, ...rows]),
    ...(status.egress === 'in place'
      ? []
      : [
          `\nThe rules that hold tenants back from private networks and the host are ${status.egress}: nuts-saas apply platform puts them in place`,
        ]),
    ...status.orphans.map(
      (id) =>
        `\nTenant ${id} runs, but there is no tenants/${id}.yaml: put the file back, or remove it with "state: removed" in it`,
    ),
    ...(status.vault === 'sealed'
      ? ['\nVault is sealed, so no tenant can use its keys: nuts-saas up unseals a local one']
      : []),
  ].join('\n');
}
