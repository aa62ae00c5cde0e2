/** Something that a tenant has, or that tenants share. */
export interface Thing {
  /** Its kind and its name, such as `network nuts-acme-node`. */
  readonly id: string;
  /** Undefined for what belongs to no tenant. */
  readonly owner?: string;
  /** Whether somebody who holds the tenant's means could start from here. */
  readonly isStart?: boolean;
}

/** A way from one thing to another. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  /** How, such as `is on`. */
  readonly how: string;
  /** What it was read from: networks, volumes, Vault policies, Redis ACLs, routes, the host. */
  readonly kind: EdgeKind;
}

export type EdgeKind = 'network' | 'volume' | 'vault' | 'redis' | 'route' | 'host';

/** A way from what one tenant has to what another has. */
export interface Path {
  readonly from: string;
  readonly to: string;
  /** The things on it, with how each leads to the next. */
  readonly steps: readonly string[];
}

/** What leads to what. */
export class Graph {
  private readonly things = new Map<string, Thing>();
  private readonly ways = new Map<string, Edge[]>();

  constructor(things: readonly Thing[], edges: readonly Edge[]) {
    for (const thing of things) this.things.set(thing.id, thing);
    for (const edge of edges) {
      const ways = this.ways.get(edge.from);
      if (ways) ways.push(edge);
      else this.ways.set(edge.from, [edge]);
    }
  }

  /** The shortest way from a tenant's things to each other tenant that there is a way to. */
  pathsFrom(tenant: string): Path[] {
    const starts = [...this.things.values()].filter(({ owner, isStart }) => owner === tenant && isStart);
    const cameBy = new Map<string, Edge | undefined>(starts.map(({ id }) => [id, undefined]));
    const found = new Map<string, string>();
    const queue = starts.map(({ id }) => id);
    for (const id of queue) {
      const owner = this.things.get(id)?.owner;
      if (owner !== undefined && owner !== tenant && !found.has(owner)) found.set(owner, id);
      for (const edge of this.ways.get(id) ?? [])
        if (!cameBy.has(edge.to)) {
          cameBy.set(edge.to, edge);
          queue.push(edge.to);
        }
    }
    return [...found].map(([to, end]) => ({ from: tenant, to, steps: stepsTo(end, cameBy) }));
  }
}

function stepsTo(end: string, cameBy: ReadonlyMap<string, Edge | undefined>): string[] {
  const steps: string[] = [];
  for (let edge = cameBy.get(end); edge !== undefined; edge = cameBy.get(edge.from))
    steps.unshift(`${edge.from} ${edge.how} ${edge.to}`);
  return steps;
}
