import { nameOf, started, tenantOf } from '../guardrails/containers';
import { networks } from '../guardrails/knowledge/networks';
import { routes } from '../guardrails/knowledge/routes';
import { tenants } from '../guardrails/knowledge/tenants';
import { vaultLogins } from '../guardrails/knowledge/vault-logins';
import { volumes } from '../guardrails/knowledge/volumes';
import type { StackJson } from '../guardrails/stack-json';
import { containerThings } from './containers';
import { hostEdges } from './edges/host';
import { networkEdges, networkThings } from './edges/network';
import { redisEdges, redisThings } from './edges/redis';
import { hostsTakenTwice, routeEdges, routeThings } from './edges/route';
import { vaultEdges, vaultThings } from './edges/vault';
import { volumeEdges, volumeThings } from './edges/volume';
import { Graph, type Edge, type EdgeKind, type Path } from './graph';
import type { IsolationReport, TenantSummary } from './report';
import { sharedThings } from './shared-things';

const NOT_SHOWN = [
  'that Linux, Docker, Traefik, Vault and Redis do what they are told: they are what isolation rests on',
  "what the host itself listens on, and what it lets out: attacks on the running platform and the firewall's rules show that",
  'what was changed by hand since the last apply: a plan shows that',
  'tenants and stacks that are not in this configuration',
];

/**
 * Computes from the synthesised JSON of all stacks who can reach what, and looks for a way from anything that one tenant has to
 * anything that another has, or that one yet to come would have. What it can't read counts as a way.
 */
export function proveIsolation(stacks: readonly StackJson[]): IsolationReport {
  const edges = [
    ...networkEdges(stacks),
    ...volumeEdges(stacks),
    ...vaultEdges(stacks),
    ...redisEdges(stacks),
    ...routeEdges(stacks),
    ...hostEdges(stacks),
  ];
  const things = [
    ...vaultThings(stacks),
    ...redisThings(stacks),
    ...networkThings(stacks),
    ...volumeThings(stacks),
    ...routeThings(stacks),
    ...containerThings(stacks),
  ];
  const graph = new Graph(things, edges);
  const ids = tenants(stacks).map(({ id }) => id);
  return {
    tenants: ids.map((id) => summary(id, stacks)),
    shared: sharedThings(stacks),
    edges: count(edges),
    pairs: ids.length * (ids.length - 1),
    violations: [...ids.flatMap((id) => graph.pathsFrom(id)), ...takenTwice(stacks)],
    notShown: NOT_SHOWN,
  };
}

function takenTwice(stacks: readonly StackJson[]): Path[] {
  return hostsTakenTwice(stacks).map(({ host, tenants: [from = '', to = ''] }) => ({
    from,
    to,
    steps: [`host ${host} is in routes of both`],
  }));
}

function summary(id: string, stacks: readonly StackJson[]): TenantSummary {
  const own = ({ owner }: { readonly owner?: string }) => owner === id;
  const named = ({ name }: { readonly name: string }) => name;
  return {
    id,
    containers: stacks
      .flatMap((stack) => started(stack))
      .filter((container) => tenantOf(container) === id)
      .map(nameOf),
    networks: networks(stacks).filter(own).map(named),
    volumes: volumes(stacks).filter(own).map(named),
    logins: vaultLogins(stacks)
      .filter(({ tenant }) => tenant === id)
      .map(named),
    hosts: [
      ...new Set(
        routes(stacks)
          .filter(({ tenant }) => tenant === id)
          .flatMap(({ hosts }) => hosts),
      ),
    ],
  };
}

function count(edges: readonly Edge[]): Record<EdgeKind, number> {
  const counts: Record<EdgeKind, number> = { network: 0, volume: 0, vault: 0, redis: 0, route: 0, host: 0 };
  for (const { kind } of edges) counts[kind]++;
  return counts;
}
