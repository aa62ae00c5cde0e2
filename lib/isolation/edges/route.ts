import { nameOf, started, tenantOf } from '../../guardrails/containers';
import { hostPart } from '../../guardrails/knowledge/host-network';
import { opening } from '../../guardrails/knowledge/open-routes';
import { routes, type Route } from '../../guardrails/knowledge/routes';
import { objects, textOf, type Resource, type StackJson } from '../../guardrails/stack-json';
import { containerId } from '../containers';
import type { Edge, Thing } from '../graph';

export const hostId = (host: string) => `host ${host}`;

/** Hosts, each of the tenant whose route takes it: who calls it means that tenant. */
export function routeThings(stacks: readonly StackJson[]): Thing[] {
  return routes(stacks).flatMap(({ hosts, tenant }) =>
    hosts.map((host) => ({
      id: hostId(host),
      isStart: true,
      ...(tenant !== undefined && { owner: tenant }),
    })),
  );
}

/** From a host to what answers there; and from the proxy to whatever a route lets anybody reach that is not for strangers. */
export function routeEdges(stacks: readonly StackJson[]): Edge[] {
  const kind = 'route' as const;
  const proxies = stacks
    .flatMap((stack) => started(stack))
    .filter((container) => hostPart(container) === 'proxy')
    .map(containerId);
  return routes(stacks).flatMap((route) => {
    const behind = answering(route, stacks);
    const fault = opening(route);
    return behind.flatMap((container) => [
      ...route.hosts.map((host) => ({
        kind,
        from: hostId(host),
        how: 'is answered by',
        to: containerId(container),
      })),
      ...(fault === undefined ? [] : proxies).map((proxy) => ({
        kind,
        from: proxy,
        how: `${fault} (router ${route.router}), and so leads to`,
        to: containerId(container),
      })),
    ]);
  });
}

/** Containers with an address that a route leads to; where none has it, those that are called like it. */
function answering({ servers }: Route, stacks: readonly StackJson[]): Resource[] {
  const addresses = servers.map((server) => server.replace(/:\d+$/, ''));
  return stacks.flatMap((stack) =>
    started(stack).filter(
      (container) =>
        addresses.includes(nameOf(container)) ||
        objects(container.values.networks_advanced).some(({ ipv4_address: address }) =>
          addresses.includes(textOf(address)),
        ),
    ),
  );
}

/** Two routes of different tenants that take one host: a call may arrive at either. */
export function hostsTakenTwice(stacks: readonly StackJson[]): { host: string; tenants: string[] }[] {
  const takers = new Map<string, Set<string>>();
  for (const { hosts, tenant, carrier } of routes(stacks))
    for (const host of hosts)
      takers.set(host, new Set([...(takers.get(host) ?? []), tenant ?? tenantOf(carrier) ?? 'the platform']));
  return [...takers]
    .filter(([, tenants]) => tenants.size > 1)
    .map(([host, tenants]) => ({ host, tenants: [...tenants] }));
}
