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
