import type { IsolationReport } from './report';

/** The report for people: what was looked at, what is shared and why nothing passes through it, and what was found. */
export function isolationMarkdown(report: IsolationReport): string {
  const { tenants, shared, edges, pairs, violations, notShown } = report;
  const total = Object.values(edges).reduce((sum, count) => sum + count, 0);
  const verdict =
    violations.length === 0
      ? 'No way leads from what one tenant has to what another has.'
      : `**${violations.length} ways lead from one tenant to another.**`;
  return [
    '## Who can reach what, from the synthesised stacks',
    '',
    `${verdict} ${tenants.length} tenants, ${pairs} pairs, ${total} ways followed: ${Object.entries(edges)
      .map(([kind, count]) => `${kind} ${count}`)
      .join(', ')}.`,
    '',
    ...violations.flatMap(({ from, to, steps }) => [
      `### From ${from} to ${to}`,
      '',
      ...steps.map((step, index) => `${index + 1}. ${step}`),
      '',
    ]),
    '### What each tenant has',
    '',
    ...table(
      ['Tenant', 'Containers', 'Networks', 'Volumes', 'Logins of Vault', 'Hosts'],
      tenants.map(({ id, ...has }) => [
        id,
        ...[has.containers, has.networks, has.volumes, has.logins, has.hosts].map((names) =>
          names.join(', '),
        ),
      ]),
    ),
    '',
    '### What tenants share, and why nothing passes through it',
    '',
    ...table(
      ['What', 'Tenants', 'Why'],
      shared.map(({ thing, tenants: users, reason }) => [thing, users.join(', '), reason]),
    ),
    '',
    '### What this does not show',
    '',
    ...notShown.map((limit) => `- ${limit}`),
    '',
  ].join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

function cell(text: string): string {
  return text.replaceAll(/[\r\n]+/g, ' ').replaceAll('|', '\\|');
}
