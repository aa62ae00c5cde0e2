import { routes, isGuarded, type Route } from '../knowledge/routes';
import { takes } from '../knowledge/traefik-rule';
import type { Rule } from '../rule';

const NOT_FOR_STRANGERS = [
  '/internal',
  '/internal/vdr/v2/subject',
  '/status',
  '/status/diagnostics',
  '/metrics',
  '/health',
  '/debug/pprof',
  '/',
];

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
      const what = faultOf(route);
      return what === undefined
        ? []
        : [{ stack: route.stack, at: route.carrier, what: `router ${route.router} ${what}` }];
    }),
};

function faultOf(route: Route): string | undefined {
  const { rule, hosts, kind } = route;
  if (route.isOpen) return 'takes any host';
  if (NOT_FOR_STRANGERS.some((path) => takes(rule, { host: 'nobody.invalid', path })))
    return 'takes hosts that it does not name';
  if (kind === 'tcp' || isGuarded(route)) return undefined;
  const open = NOT_FOR_STRANGERS.find((path) => hosts.some((host) => takes(rule, { host, path })));
  return open === undefined ? undefined : `lets anybody call ${open}`;
}
