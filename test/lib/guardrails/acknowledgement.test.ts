import { settle, type Acknowledgement } from '../../../lib/guardrails/acknowledgement';
import type { Finding } from '../../../lib/guardrails';

const FINDING: Finding = {
  rule: 'limits',
  severity: 'error',
  stack: 'tenant-acme',
  where: 'tenant-acme/acme/node/container',
  what: 'without a limit: CPU',
  remedy: 'set cpus',
};
const ELSEWHERE: Finding = { ...FINDING, where: 'tenant-beta/beta/node/container' };
const GIVEN: Acknowledgement = {
  rule: 'limits',
  where: FINDING.where,
  reason: 'a test of what it can do at most, for a week',
};
const TODAY = new Date('2027-06-30T23:00:00Z');

function settled(given: Partial<Acknowledgement>) {
  return settle([FINDING, ELSEWHERE], [{ ...GIVEN, ...given }], ['limits', 'privileged'], TODAY);
}

test('what is acknowledged is set apart, with the reason; what is found elsewhere stays', () => {
  const { open, acknowledged, problems } = settled({ until: '2027-06-30', owner: 'operations' });
  expect(open).toEqual([ELSEWHERE]);
  expect(acknowledged).toEqual([
    { ...FINDING, acknowledgement: { ...GIVEN, until: '2027-06-30', owner: 'operations' } },
  ]);
  expect(problems).toEqual([]);
});

test.each([
  ['no reason', { reason: '   ' }, 'it gives no reason'],
  ['a rule that is not there', { rule: 'limit' }, 'there is no rule limit'],
  ['a place where nothing is found', { where: 'tenant-acme/acme/redis' }, 'limits finds nothing at'],
  ['another rule', { rule: 'privileged' }, 'privileged finds nothing at'],
  ['a pattern', { where: 'tenant-*' }, 'limits finds nothing at'],
  ['a day that is past', { until: '2027-06-29' }, 'it ended on 2027-06-29'],
  ['a day that is none', { until: 'soon' }, 'until: soon is not a day'],
])('with %s nothing is acknowledged', (_, given, message) => {
  const { open, acknowledged, problems } = settled(given);
  expect(open).toEqual([FINDING, ELSEWHERE]);
  expect(acknowledged).toEqual([]);
  expect(problems).toHaveLength(1);
  expect(problems[0]?.message).toContain(message);
});
