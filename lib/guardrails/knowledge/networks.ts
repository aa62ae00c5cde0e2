import { networksOf, resourcesByName, started, tenantOf } from '../containers';
import type { Resource, StackJson } from '../stack-json';
import { isSilent } from './silence';
import { once } from '../once';

export interface Member {
  readonly stack: StackJson;
  readonly container: Resource;
  /** Undefined for what belongs to no tenant. */
  readonly tenant?: string;
}

/** A network, and every container that runs on it. */
export interface SharedNetwork {
  readonly name: string;
  /** Whose it is, as its own label says. */
  readonly owner?: string;
  readonly members: readonly Member[];
}

/** Docker's own network, on which a container is when nothing else is said. */
export const DEFAULT_BRIDGE = 'bridge';

/** The networks on which containers can meet; not that of the host, and not the lack of any. */
export const networks = once((stacks: readonly StackJson[]): SharedNetwork[] => {
  const members = new Map<string, Member[]>();
  for (const stack of stacks)
    for (const container of started(stack)) {
      const tenant = tenantOf(container);
      const member = { stack, container, ...(tenant !== undefined && { tenant }) };
      for (const name of joined(stack, container)) members.set(name, [...(members.get(name) ?? []), member]);
    }
  const known = resourcesByName(stacks, 'docker_network');
  return [...members].map(([name, all]) => {
    const resource = known.get(name);
    const owner = resource && tenantOf(resource);
    return { name, members: all, ...(owner !== undefined && { owner }) };
  });
});

function joined(stack: StackJson, container: Resource): string[] {
  const named = networksOf(stack, container).map((name) => (name === 'default' ? DEFAULT_BRIDGE : name));
  return (named.length === 0 ? [DEFAULT_BRIDGE] : named).filter((name) => name !== 'host' && name !== 'none');
}

/** Members that a member of another tenant could talk to: on a shared network only what listens on nothing may be. */
export function exposed({ owner, members }: SharedNetwork): Member[] {
  const present = new Set(members.map(({ tenant }) => tenant).filter((tenant) => tenant !== undefined));
  if (owner !== undefined) present.add(owner);
  if (present.size < 2) return [];
  return members.filter(({ tenant, stack, container }) =>
    owner === undefined ? tenant !== undefined && !isSilent(stack, container) : tenant !== owner,
  );
}
