import { opening } from '../knowledge/open-routes';
import { routes } from '../knowledge/routes';
import type { Rule } from '../rule';

export const openRoute: Rule = {
  id: 'open-route',
  severity: 'error',
  cause:
    "A route without a guard takes paths that are not for strangers, or takes hosts that it doesn't name.",
  why: "The node's API, its diagnostics and its metrics would be open to everybody; or one tenant's route would take another's calls.",
  remedy:
    'let the rule name a host and each path that is public; put the API behind addresses, client certificates or forward-auth',
  sightings: ({ stacks }) =>
    routes(stacks).flatMap((route) => {
      const what = opening(route);
      return what === undefined
        ? []
        : [{ stack: route.stack, at: route.carrier, what: `router ${route.router} ${what}` }];
    }),
};
