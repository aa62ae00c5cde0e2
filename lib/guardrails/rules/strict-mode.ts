import { nodes } from '../knowledge/node-environment';
import type { Rule } from '../rule';

export const strictMode: Rule = {
  id: 'strict-mode',
  severity: 'error',
  cause: "A Nuts node doesn't run in strict mode.",
  why: 'Without it a node accepts plain HTTP, insecure settings and test contracts, and others rely on it all the same.',
  remedy: 'set NUTS_STRICTMODE=true',
  sightings: ({ stacks }) =>
    nodes(stacks)
      .filter(({ option }) => option('strictmode') !== 'true')
      .map(({ stack, container, option }) => ({
        stack,
        at: container,
        what: `strictmode is ${option('strictmode') ?? 'not set'}`,
      })),
};
