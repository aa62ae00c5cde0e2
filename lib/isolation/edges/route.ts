import { nameOf, started, tenantOf } from '../../guardrails/containers';
import { hostPart } from '../../guardrails/knowledge/host-network';
import { once } from '../../guardrails/once';
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

/** Containers by what a route can call them: an address of theirs, or their name. */
const byAddress = once((stacks: readonly StackJson[]) => {
  const found = new Map<string, Resource[]>();
  for (const container of stacks.flatMap((stack) => started(stack))) {
    const addresses = objects(container.values.networks_advanced).map(({ ipv4_address: address }) =>
      textOf(address),
    );
    for (const address of [nameOf(container), ...addresses])
      found.set(address, [...(found.get(address) ?? []), container]);
  }
  return found;
});

function answering({ servers }: Route, stacks: readonly StackJson[]): Resource[] {
  return servers.flatMap((server) => byAddress(stacks).get(server.replace(/:\d+$/, '')) ?? []);
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
