import type { TenantHosts } from '../names';
import type { ApiAccess } from './api-access';
import { apiRoutes, methods } from './api-routes';
import {
  type DidMethod,
  GRPC_PORT,
  type NodeOptions,
  type ReleaseProfile,
} from './node-config/node-settings';
import { cleanHeaders, concurrency, rate, type Section } from './request-guards';
import { TRAFFIC_LIMITS, type TrafficLimits } from './traffic-limits';

export interface RouteSettings {
  readonly tenant: string;
  readonly publicHost: string;
  readonly hosts: TenantHosts;
  /** Of the node, on the tenant's bridge. */
  readonly address: string;
  readonly profile: ReleaseProfile;
  readonly didMethods: readonly DidMethod[];
  readonly options: NodeOptions;
  readonly api: ApiAccess;
  readonly limits: TrafficLimits;
  readonly certificateResolver?: string;
  /** Where callers of the node-to-node HTTP host are checked, as `address:port`. */
  readonly nodeToNode?: string;
}

// The node's documentation advises this limit for what strangers may post (recommended-deployment.rst, v6.2).
const MAX_BODY_BYTES = 1024 * 1024;

// What both releases have public is read, or posted to.
const PUBLIC_METHODS = ['GET', 'HEAD', 'POST'];

/**
 * A tenant's routes as Traefik's file provider reads them. What isn't listed isn't routed: diagnostics, metrics and health are on
 * the node's ports too, and `/internal` is only on the API's hosts.
 */
export function routeConfiguration(settings: RouteSettings): Section {
  const { tenant, address, profile } = settings;
  const open = publicRoute(settings);
  const api = apiRoutes(settings, certificate(settings));
  const tlsOptions = Object.assign({}, ...api.map((host) => host.tlsOptions)) as Section;
  const tcp = passThrough(settings);
  return {
    http: {
      routers: Object.assign({}, open.routers, ...api.map(({ routers }) => routers)) as Section,
      middlewares: Object.assign(
        {},
        open.middlewares,
        ...api.map(({ middlewares }) => middlewares),
      ) as Section,
      services: {
        [`${tenant}-public`]: http(`http://${address}:${profile.publicPort}`),
        ...(api.length > 0 && { [`${tenant}-api`]: http(`http://${address}:${profile.internalPort}`) }),
      },
    },
    ...(Object.keys(tcp.routers).length > 0 && { tcp }),
    ...(Object.keys(tlsOptions).length > 0 && { tls: { options: tlsOptions } }),
  };
}

function publicRoute(settings: RouteSettings) {
  const { tenant, profile } = settings;
  const name = `${tenant}-public`;
  const clean = cleanHeaders(tenant);
  const limit = settings.limits.public ?? TRAFFIC_LIMITS.public;
  const paths = profile.publicPaths(settings).map((path) => `Path(\`${path}\`) || PathPrefix(\`${path}/\`)`);
  const middlewares: Section = {
    [`${name}-rate`]: rate(limit),
    [clean.name]: clean.middleware,
    [`${name}-concurrency`]: concurrency(limit),
    [`${tenant}-body-limit`]: {
      buffering: { maxRequestBodyBytes: MAX_BODY_BYTES, memRequestBodyBytes: MAX_BODY_BYTES },
    },
  };
  return {
    routers: {
      [name]: {
        rule: `Host(\`${settings.publicHost}\`) && ${methods(PUBLIC_METHODS)} && (${paths.join(' || ')})`,
        service: name,
        middlewares: Object.keys(middlewares),
        tls: certificate(settings),
      },
    },
    middlewares,
  };
}

/** Node-to-node traffic, whose TLS isn't ended here: callers' certificates are checked by the node, or by a guard next to it. */
function passThrough({ tenant, hosts, didMethods, address, nodeToNode, limits }: RouteSettings) {
  const routes: [string, string, string][] = didMethods.includes('nuts')
    ? [
        [`${tenant}-grpc`, 'grpc', `${address}:${GRPC_PORT}`],
        ...(nodeToNode
          ? ([[`${tenant}-n2n`, 'https', nodeToNode]] satisfies [string, string, string][])
          : []),
      ]
    : [];
  const amount = limits.nodeToNodeConnections ?? TRAFFIC_LIMITS.nodeToNodeConnections;
  return {
    routers: Object.fromEntries(
      routes.map(([name, entryPoint]) => [
        name,
        {
          entryPoints: [entryPoint],
          rule: `HostSNI(\`${hosts.nodeToNode}\`)`,
          service: name,
          middlewares: [`${name}-connections`],
          tls: { passthrough: true },
        },
      ]),
    ),
    middlewares: Object.fromEntries(
      routes.map(([name]) => [`${name}-connections`, { inFlightConn: { amount } }]),
    ),
    services: Object.fromEntries(
      routes.map(([name, , target]) => [name, { loadBalancer: { servers: [{ address: target }] } }]),
    ),
  };
}

function certificate({ certificateResolver }: RouteSettings): Section {
  return certificateResolver ? { certResolver: certificateResolver } : {};
}

function http(url: string): Section {
  return { loadBalancer: { servers: [{ url }] } };
}
