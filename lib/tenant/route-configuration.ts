import type { TenantHosts } from '../names';
import { type ApiAccess, isOpen } from './api-access';
import {
  type DidMethod,
  GRPC_PORT,
  type NodeOptions,
  type ReleaseProfile,
} from './node-config/node-settings';

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
  readonly certificateResolver?: string;
  /** Where callers of the node-to-node HTTP host are checked, as `address:port`. */
  readonly nodeToNode?: string;
}

type Section = Record<string, unknown>;

// The node's documentation advises this limit for what strangers may post (recommended-deployment.rst, v6.2).
const MAX_BODY_BYTES = 1024 * 1024;

/**
 * A tenant's routes as Traefik's file provider reads them. What isn't listed isn't routed: diagnostics, metrics and health are on
 * the node's ports too, and `/internal` is only on the API's host.
 */
export function routeConfiguration(settings: RouteSettings): Section {
  const tcp = passThrough(settings);
  const api = isOpen(settings.api) ? apiRoute(settings) : undefined;
  const open = publicRoute(settings);
  return {
    http: {
      routers: { ...open.routers, ...api?.routers },
      middlewares: { ...open.middlewares, ...api?.middlewares },
      services: { ...open.services, ...api?.services },
    },
    ...(Object.keys(tcp.routers).length > 0 && { tcp }),
    ...(api?.tlsOptions && { tls: { options: api.tlsOptions } }),
  };
}

function publicRoute(settings: RouteSettings) {
  const { tenant, profile, address } = settings;
  const name = `${tenant}-public`;
  const paths = profile.publicPaths(settings).map((path) => `Path(\`${path}\`) || PathPrefix(\`${path}/\`)`);
  return {
    routers: {
      [name]: {
        rule: `Host(\`${settings.publicHost}\`) && (${paths.join(' || ')})`,
        service: name,
        middlewares: [`${tenant}-body-limit`],
        tls: certificate(settings),
      },
    },
    middlewares: {
      [`${tenant}-body-limit`]: {
        buffering: { maxRequestBodyBytes: MAX_BODY_BYTES, memRequestBodyBytes: MAX_BODY_BYTES },
      },
    },
    services: { [name]: http(`http://${address}:${profile.publicPort}`) },
  };
}

function apiRoute(settings: RouteSettings) {
  const { tenant, profile, address, hosts, api } = settings;
  const name = `${tenant}-api`;
  const guards: Section = {
    ...(api.addresses?.length && {
      [`${tenant}-addresses`]: { ipAllowList: { sourceRange: [...api.addresses] } },
    }),
    ...(api.forwardAuth && { [`${tenant}-forward-auth`]: { forwardAuth: { address: api.forwardAuth } } }),
  };
  const tlsOptions = api.clientCertificateAuthority !== undefined && {
    [name]: {
      minVersion: 'VersionTLS12',
      sniStrict: true,
      clientAuth: {
        caFiles: [api.clientCertificateAuthority],
        clientAuthType: 'RequireAndVerifyClientCert',
      },
    },
  };
  return {
    routers: {
      [name]: {
        rule: `Host(\`${hosts.api}\`) && PathPrefix(\`/internal/\`)`,
        service: name,
        middlewares: Object.keys(guards),
        tls: { ...certificate(settings), ...(tlsOptions && { options: name }) },
      },
    },
    middlewares: guards,
    services: { [name]: http(`http://${address}:${profile.internalPort}`) },
    tlsOptions,
  };
}

/** Node-to-node traffic, whose TLS isn't ended here: callers' certificates are checked by the node, or by a guard next to it. */
function passThrough({ tenant, hosts, didMethods, address, nodeToNode }: RouteSettings) {
  const routes: [string, string, string][] = didMethods.includes('nuts')
    ? [
        [`${tenant}-grpc`, 'grpc', `${address}:${GRPC_PORT}`],
        ...(nodeToNode
          ? ([[`${tenant}-n2n`, 'https', nodeToNode]] satisfies [string, string, string][])
          : []),
      ]
    : [];
  return {
    routers: Object.fromEntries(
      routes.map(([name, entryPoint]) => [
        name,
        {
          entryPoints: [entryPoint],
          rule: `HostSNI(\`${hosts.nodeToNode}\`)`,
          service: name,
          tls: { passthrough: true },
        },
      ]),
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
