import { allBlocked, countByGroup, describeAttacks } from '../../../cli/prove-isolation/live/summary';
import type { Attack } from '../../../cli/prove-isolation/report';

function attack(group: string, outcome: Attack['outcome'], id = 'x'): Attack {
  return {
    id: `${group}/${id}`,
    group,
    from: 'alfa',
    to: 'bravo',
    description: 'reading a|b',
    outcome,
    evidence: 'Vault\nsaid',
  };
}

const MIXED = [
  attack('vault', 'blocked'),
  attack('vault', 'succeeded', 'theft'),
  attack('redis', 'blocked'),
  attack('redis', 'not run', 'later'),
];

it('counts by group, and what was not run as not tried', () => {
  expect(countByGroup(MIXED)).toEqual([
    { group: 'redis', tried: 1, blocked: 1, succeeded: 0, notRun: 1 },
    { group: 'vault', tried: 2, blocked: 1, succeeded: 1, notRun: 0 },
  ]);
});

it.each<[string, Attack[], boolean]>([
  ['all were blocked', [attack('vault', 'blocked')], true],
  ['one succeeded', MIXED.slice(0, 2), false],
  ['one was not run', MIXED.slice(2), false],
  ['none was tried', [], false],
])('proves something only when all were tried and blocked: %s', (_, attacks, proved) => {
  expect(allBlocked(attacks)).toBe(proved);
});

it('tells the numbers first and what was not blocked next', () => {
  const lines = describeAttacks(MIXED).split('\n');
  expect(lines).toContain('3 attacks were tried, 2 were blocked, 1 succeeded, 1 could not be run.');
  expect(lines).toContain('| vault | 2 | 1 | 1 | 0 |');
  const wrong = lines.slice(lines.indexOf('### Not blocked'), lines.indexOf('### Each attack'));
  expect(wrong.filter((line) => line.startsWith('| vault/') || line.startsWith('| redis/'))).toEqual([
    '| vault/theft | alfa | bravo | reading a\\|b | succeeded | Vault said |',
    '| redis/later | alfa | bravo | reading a\\|b | not run | Vault said |',
  ]);
});

it('says nothing of what was not blocked where all was', () => {
  expect(describeAttacks(MIXED.slice(0, 1))).not.toContain('Not blocked');
});
