import { allowedAddresses, type ApiAccess, type ApiGuards, isOpen } from './api-access';
import { API_METHODS, ordinaryPaths } from './node-config/api-operations';
import type { ReleaseProfile } from './node-config/node-settings';
import {
  allowList,
  cleanHeaders,
  concurrency,
  demandClientCertificate,
  forwardAuth,
  rate,
  type Section,
} from './request-guards';
import type { RouteSettings } from './route-configuration';
import { TRAFFIC_LIMITS } from './traffic-limits';

export interface Routes {
  readonly routers: Section;
  readonly middlewares: Section;
  readonly tlsOptions: Section;
}

/** A tenant's API: on one host, or on two when what administers the node has guards of its own. Nobody is let in unguarded. */
export function apiRoutes(settings: RouteSettings, tls: Section): Routes[] {
  const { api, hosts, profile } = settings;
  const { administration } = api;
  const everything = `PathPrefix(\`/internal/\`) && ${methods(API_METHODS)}`;
  const ordinary = administration ? `(${ordinaryRule(profile)})` : everything;
  return [
    ...(isOpen(api) ? [host({ ...settings, tls }, 'api', hosts.api, ordinary, guardsOf(api))] : []),
    ...(administration && isOpen(administration)
      ? [host({ ...settings, tls }, 'admin', hosts.admin, everything, administration)]
      : []),
  ];
}

/** A rule that lets requests with one of these methods through. */
export function methods(names: readonly string[]): string {
  return `(${names.map((name) => `Method(\`${name}\`)`).join(' || ')})`;
}

function guardsOf(api: ApiAccess): ApiGuards {
  return { ...api, addresses: allowedAddresses(api) };
}

/** What isn't known to be ordinary stays out: so what a newer node may add is administrative until somebody says otherwise. */
function ordinaryRule({ operations }: ReleaseProfile): string {
  return API_METHODS.flatMap((method) => {
    const paths = ordinaryPaths(operations, method);
    return paths === undefined ? [] : [`(Method(\`${method}\`) && PathRegexp(\`${paths}\`))`];
  }).join(' || ');
}

function host(
  { tenant, limits, tls }: RouteSettings & { tls: Section },
  part: 'api' | 'admin',
  hostName: string,
  rule: string,
  guards: ApiGuards,
): Routes {
  const name = `${tenant}-${part}`;
  const clean = cleanHeaders(tenant);
  const limit = limits.api ?? TRAFFIC_LIMITS.api;
  // In the order in which a request meets them. What it is made of is cleaned before anybody else is asked about it.
  const middlewares: Section = {
    ...(guards.addresses?.length && { [`${name}-addresses`]: allowList(guards.addresses) }),
    [`${name}-rate`]: rate(limit),
    [clean.name]: clean.middleware,
    [`${name}-concurrency`]: concurrency(limit),
    ...(guards.forwardAuth && { [`${name}-forward-auth`]: forwardAuth(guards.forwardAuth) }),
  };
  const options = demandClientCertificate(guards);
  return {
    routers: {
      [name]: {
        rule: `Host(\`${hostName}\`) && ${rule}`,
        service: `${tenant}-api`,
        middlewares: Object.keys(middlewares),
        tls: { ...tls, ...(options && { options: name }) },
      },
    },
    middlewares,
    tlsOptions: options ? { [name]: options } : {},
  };
}
