import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rulesMarkdown } from '../../cli/guardrails/write-rules';
import { review, RULES } from '../../lib/guardrails';
import { stackSets } from './support/configurations';
import { mutated, MUTATIONS } from './support/guardrail-mutations';

// The published rules, over everything that this repository can synthesise.

const SETS = stackSets();

describe.each(RULES.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  test('nothing breaks it, unless it only warns', () => {
    const found = SETS.flatMap((set) => review({ ...set, rules: [rule] }).errors);
    expect(found).toEqual([]);
  });

  test('there is a change that breaks it', () => {
    expect(MUTATIONS.map((mutation) => mutation.rule)).toContain(id);
  });
});

test.each(MUTATIONS.map((mutation) => [mutation.rule, mutation.name, mutation] as const))(
  '%s would see: %s',
  (id, _, mutation) => {
    const rules = RULES.filter((rule) => rule.id === id);
    const seen = SETS.filter(
      ({ environment }) => !id.startsWith('production-') || environment === 'production',
    )
      .map((set) => ({ set, stacks: mutated(set, mutation) }))
      .filter(({ stacks }) => stacks !== undefined)
      .map(({ set, stacks = [] }) => {
        const { errors, warnings } = review({ ...set, stacks, rules });
        return errors.length + warnings.length > 0;
      });
    expect(seen.length).toBeGreaterThan(0);
    expect(seen).not.toContain(false);
  },
);

test('the page with the rules says what they say: npm run docs writes it', () => {
  expect(readFileSync(join(__dirname, '../../docs/guardrails.md'), 'utf8')).toBe(rulesMarkdown());
});

test('every rule has a name of its own, and says in words what, why and what to do', () => {
  expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
  for (const { id, cause, why, remedy } of RULES) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    for (const words of [cause, why]) expect(words).toMatch(/^[A-Z].*\.$/);
    expect(remedy).toMatch(/^[a-z].*[^.]$/);
  }
});
