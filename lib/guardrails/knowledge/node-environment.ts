import { environmentOf, started } from '../containers';
import type { Resource, StackJson } from '../stack-json';
import { once } from '../once';

/** A Nuts node, and what it is told: options in its own dotted notation. */
export interface NodeContainer {
  readonly stack: StackJson;
  readonly container: Resource;
  readonly option: (name: string) => string | undefined;
}

/** The containers that run a Nuts node, whoever made them. */
export const nodes = once((stacks: readonly StackJson[]): NodeContainer[] => {
  return stacks.flatMap((stack) =>
    started(stack)
      .map((container) => ({ container, environment: environmentOf(container) }))
      .filter(({ environment }) => isNode(environment))
      .map(({ container, environment }) => ({
        stack,
        container,
        option: (name) => environment[variableOf(name)],
      })),
  );
});

/** The variable in which an option of the node is given. */
export function variableOf(option: string): string {
  return `NUTS_${option.toUpperCase().replaceAll('.', '_')}`;
}

const TELLING = ['url', 'auth.publicurl', 'strictmode', 'crypto.storage', 'datadir', 'didmethods'];

function isNode(environment: Readonly<Record<string, string>>): boolean {
  return TELLING.some((option) => variableOf(option) in environment);
}
