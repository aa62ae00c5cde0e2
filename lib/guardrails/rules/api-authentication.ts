import { nodes } from '../knowledge/node-environment';
import type { Rule } from '../rule';

// By release: v6, v5.4.
const INTERNAL = ['http.internal', 'http.alt.internal'];

export const apiAuthentication: Rule = {
  id: 'api-authentication',
  severity: 'error',
  cause: 'The API of a Nuts node takes calls without a token that is checked, or for any audience.',
  why: 'Whoever can use the API can use every key of the tenant.',
  remedy: 'set auth.type to token_v2 and an auth.audience on the listener of /internal',
  sightings: ({ stacks }) =>
    nodes(stacks)
      .filter(
        ({ option }) =>
          !INTERNAL.some(
            (listener) =>
              option(`${listener}.auth.type`) === 'token_v2' &&
              (option(`${listener}.auth.audience`) ?? '') !== '',
          ),
      )
      .map(({ stack, container }) => ({ stack, at: container, what: '/internal asks for no token' })),
};
