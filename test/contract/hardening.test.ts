import { CONTAINER_RULES } from './support/container-rules';
import { everything } from './support/configurations';
import { started } from './support/containers';
import { copyOf, type Rule } from './support/rules';
import { StackJson, type JsonObject } from './support/stack-json';
import { STATE_RULES } from './support/state-rules';

// Over the JSON that Terraform gets, so that an override or an aspect can't get past it.

const STACKS = everything();
const RULES: readonly Rule[] = [...CONTAINER_RULES, ...STATE_RULES];

test('there is something to look at', () => {
  expect(new Set(STACKS.map(({ name }) => name.split('-')[0]))).toEqual(
    new Set(['vault', 'platform', 'tenant']),
  );
  expect(STACKS.flatMap(started).length).toBeGreaterThan(40);
});

describe.each(RULES.map((rule) => [rule.name, rule] as const))('%s', (_, rule) => {
  test('holds everywhere', () => {
    expect(STACKS.flatMap((stack) => rule.findings(stack))).toEqual([]);
  });

  test('would be seen to be broken', () => {
    const seen = STACKS.flatMap(({ name, json }) => {
      const copy = copyOf(json);
      return rule.breakIt(copy) ? [rule.findings(new StackJson(name, copy as JsonObject)).length > 0] : [];
    });
    expect(seen.length).toBeGreaterThan(0);
    expect(seen).not.toContain(false);
  });
});
