import type { Attack } from '../report';

/** How many attacks of a group were tried, and what came of them. */
export interface GroupCount {
  readonly group: string;
  readonly tried: number;
  readonly blocked: number;
  readonly succeeded: number;
  readonly notRun: number;
}

/** Counts attacks by group, in alphabetical order. */
export function countByGroup(attacks: readonly Attack[]): GroupCount[] {
  return [...new Set(attacks.map(({ group }) => group))].sort().map((group) => {
    const all = attacks.filter((attack) => attack.group === group);
    const count = (outcome: Attack['outcome']) => all.filter((attack) => attack.outcome === outcome).length;
    const notRun = count('not run');
    return {
      group,
      tried: all.length - notRun,
      blocked: count('blocked'),
      succeeded: count('succeeded'),
      notRun,
    };
  });
}

/** Whether every attack was tried and blocked: what could not be tried is not proved. */
export function allBlocked(attacks: readonly Attack[]): boolean {
  return attacks.length > 0 && attacks.every(({ outcome }) => outcome === 'blocked');
}

/** The live half of the report in Markdown: numbers first, then what went wrong, then each attack. */
export function describeAttacks(attacks: readonly Attack[]): string {
  const counts = countByGroup(attacks);
  const total = (key: 'tried' | 'blocked' | 'succeeded' | 'notRun') =>
    counts.reduce((sum, count) => sum + count[key], 0);
  const wrong = attacks.filter(({ outcome }) => outcome !== 'blocked');
  return [
    '## Attacks on the running platform',
    '',
    `${total('tried')} attacks were tried, ${total('blocked')} were blocked, ${total('succeeded')} succeeded, ${total('notRun')} could not be run.`,
    '',
    ...rows(
      ['Group', 'Tried', 'Blocked', 'Succeeded', 'Not run'],
      counts.map((count) => [
        count.group,
        ...[count.tried, count.blocked, count.succeeded, count.notRun].map(String),
      ]),
    ),
    ...(wrong.length > 0 ? ['', '### Not blocked', '', ...attackRows(wrong)] : []),
    '',
    '### Each attack',
    '',
    ...attackRows(attacks),
    '',
  ].join('\n');
}

function attackRows(attacks: readonly Attack[]): string[] {
  return rows(
    ['Attack', 'From', 'To', 'What was tried', 'Outcome', 'Evidence'],
    attacks.map(({ id, from, to, description, outcome, evidence }) => [
      id,
      from,
      to,
      description,
      outcome,
      evidence,
    ]),
  );
}

function rows(head: readonly string[], body: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...body.map(line)];
}

function cell(text: string): string {
  return text.replaceAll(/[\r\n]+/g, ' ').replaceAll('|', '\\|');
}
