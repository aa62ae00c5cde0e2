import ipaddr from 'ipaddr.js';
import { tenantOf } from '../containers';
import { routeFiles, routes, type Route } from '../knowledge/routes';
import { objects, textOf, type StackJson } from '../stack-json';
import type { Rule, Sighting } from '../rule';

export const foreignRoute: Rule = {
  id: 'foreign-route',
  severity: 'error',
  cause:
    "A tenant's route leads to an address that isn't on its own network, takes a host that another route has too, or changes settings of all.",
  why: 'Calls for one tenant would arrive at another, or calls of both would get lost.',
  remedy: "let the route name the tenant's own node, and hosts that only it has",
  sightings: ({ stacks }) => {
    const all = routes(stacks);
    return [
      ...all.flatMap((route) => leadsAstray(route, stacks)),
      ...all.flatMap((route) => sameHost(route, all)),
      ...changesSettingsOfAll(stacks),
    ];
  },
};

function leadsAstray(
  { stack, carrier, tenant, router, servers }: Route,
  stacks: readonly StackJson[],
): Sighting[] {
  if (tenant === undefined) return [];
  const own = subnetsOf(stacks, tenant);
  const astray = servers.find((server) => !own.some((subnet) => isIn(server, subnet)));
  if (servers.length > 0 && astray === undefined) return [];
  return [
    {
      stack,
      at: carrier,
      what:
        astray === undefined
          ? `router ${router} leads to something that its own file doesn't describe`
          : `router ${router} leads to ${astray}, which is not on the network of tenant ${tenant}`,
    },
  ];
}

function subnetsOf(stacks: readonly StackJson[], tenant: string): string[] {
  return stacks
    .flatMap((stack) => stack.resources('docker_network'))
    .filter((network) => tenantOf(network) === tenant)
    .flatMap(({ values }) => objects(values.ipam_config).map(({ subnet }) => textOf(subnet)));
}

function isIn(server: string, subnet: string): boolean {
  const address = server.replace(/:\d+$/, '');
  return (
    ipaddr.IPv4.isValidFourPartDecimal(address) &&
    ipaddr.IPv4.isValidCIDRFourPartDecimal(subnet) &&
    ipaddr.IPv4.parse(address).match(ipaddr.IPv4.parseCIDR(subnet))
  );
}

function sameHost(route: Route, all: readonly Route[]): Sighting[] {
  const { stack, carrier, tenant, router, hosts } = route;
  const other = all.find(
    (candidate) => candidate.tenant !== tenant && candidate.hosts.some((host) => hosts.includes(host)),
  );
  if (other === undefined) return [];
  return [{ stack, at: carrier, what: `router ${router} takes a host that ${other.router} has too` }];
}

// Traefik reads all files as one: a name that two of them give is nobody's, and TLS options called "default" are everybody's.
function changesSettingsOfAll(stacks: readonly StackJson[]): Sighting[] {
  const seen = new Set<string>();
  return routeFiles(stacks).flatMap(({ stack, carrier, content }): Sighting[] => {
    if (content === undefined) return [{ stack, at: carrier, what: 'its file can not be read' }];
    const names = Object.entries(content).flatMap(([protocol, section]) =>
      Object.entries((section ?? {}) as Record<string, object>).flatMap(([kind, entries]) =>
        Object.keys(entries).map((name) => `${protocol}.${kind}.${name}`),
      ),
    );
    const shared = names.find(
      (name) =>
        seen.has(name) ||
        (tenantOf(carrier) !== undefined && /^tls\.(options\.default$|stores|certificates)/.test(name)),
    );
    for (const name of names) seen.add(name);
    return shared === undefined ? [] : [{ stack, at: carrier, what: `${shared} is not its own alone` }];
  });
}
