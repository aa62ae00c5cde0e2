import { isGuarded, type Route } from './routes';
import { takes } from './traefik-rule';

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

/** What a route lets strangers do that they must not; undefined when it lets them do nothing of the kind. */
export function opening(route: Route): string | undefined {
  const { rule, hosts, kind } = route;
  if (route.isOpen) return 'takes any host';
  if (NOT_FOR_STRANGERS.some((path) => takes(rule, { host: 'nobody.invalid', path })))
    return 'takes hosts that it does not name';
  if (kind === 'tcp' || isGuarded(route)) return undefined;
  const open = NOT_FOR_STRANGERS.find((path) => hosts.some((host) => takes(rule, { host, path })));
  return open === undefined ? undefined : `lets anybody call ${open}`;
}
