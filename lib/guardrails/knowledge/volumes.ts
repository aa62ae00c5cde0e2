import { dirname } from 'node:path';
import { containers, mountedVolumes, networksOf, platformOf, resourcesByName, tenantOf } from '../containers';
import { list, objects, textOf, type Resource, type StackJson } from '../stack-json';
import type { Member } from './networks';
import { sidecarConfig } from './silence';
import { once } from '../once';

export interface Mounting extends Member {
  readonly target: string;
  readonly readOnly: boolean;
}

/** A volume, and every container that mounts it, those that only carry files included. */
export interface SharedVolume {
  readonly name: string;
  /** Whose it is, as its own label says. */
  readonly owner?: string;
  /** Whether it is one of the platform's that belongs to no tenant. */
  readonly isPlatforms: boolean;
  readonly mountings: readonly Mounting[];
}

export const volumes = once((stacks: readonly StackJson[]): SharedVolume[] => {
  const mountings = new Map<string, Mounting[]>();
  for (const stack of stacks)
    for (const container of containers(stack)) {
      const tenant = tenantOf(container);
      for (const { volume, target, readOnly } of mountedVolumes(stack, container))
        mountings.set(volume, [
          ...(mountings.get(volume) ?? []),
          { stack, container, target, readOnly, ...(tenant !== undefined && { tenant }) },
        ]);
    }
  const known = resourcesByName(stacks, 'docker_volume');
  return [...mountings].map(([name, all]) => {
    const resource = known.get(name);
    const owner = resource && tenantOf(resource);
    return {
      name,
      mountings: all,
      isPlatforms: resource !== undefined && owner === undefined && platformOf(resource) !== undefined,
      ...(owner !== undefined && { owner }),
    };
  });
});

/** Mountings by which something could pass from one tenant to another. */
export function leaks({ owner, isPlatforms, mountings }: SharedVolume): Mounting[] {
  if (owner !== undefined) return mountings.filter(({ tenant }) => tenant !== undefined && tenant !== owner);
  const present = new Set(mountings.map(({ tenant }) => tenant).filter((tenant) => tenant !== undefined));
  if (present.size === 0 || (!isPlatforms && present.size < 2)) return [];
  return mountings.filter((mounting) => mounting.tenant !== undefined && !isDeadEnd(mounting));
}

/** Whether nothing gets into a container but what its stack says, and nothing out of it: no network, and no other volume. */
export function isDeadEnd({ stack, container }: Member): boolean {
  const { values } = container;
  return (
    String(networksOf(stack, container)) === 'none' &&
    objects(values.mounts).length + objects(values.volumes).length === 1
  );
}

/** Containers that mount volumes of more than one tenant, and so join them. */
export function bridges(all: readonly SharedVolume[]): Mounting[] {
  const seen = new Map<Resource, string>();
  return all.flatMap(({ owner, mountings }) =>
    mountings.filter(({ container }) => {
      if (owner === undefined) return false;
      const before = seen.get(container) ?? owner;
      seen.set(container, before);
      return before !== owner;
    }),
  );
}

/** Volumes in which a sidecar of Vault has its socket: whoever opens it is the tenant. */
export function vaultSockets(stacks: readonly StackJson[]): { volume: SharedVolume; sidecar: Mounting }[] {
  return volumes(stacks).flatMap((volume) =>
    volume.mountings
      .filter(({ container, target }) => socketDirectories(container).includes(target))
      .map((sidecar) => ({ volume, sidecar })),
  );
}

function socketDirectories(container: Resource): string[] {
  return objects(sidecarConfig(container)?.listener)
    .flatMap(({ unix }) => objects(unix))
    .map(({ address }) => dirname(textOf(address)));
}

/** Places of the host that a container mounts. */
export function hostPaths({ values }: Resource): { readonly source: string; readonly readOnly: boolean }[] {
  const mounts = objects(values.mounts).filter(({ type }) => type !== 'volume' && type !== 'tmpfs');
  const paths = objects(values.volumes).filter(({ volume_name: name }) => name === undefined);
  return [
    ...mounts.map(({ source, read_only: readOnly }) => ({
      source: textOf(source),
      readOnly: readOnly === true,
    })),
    ...paths.map(({ host_path: source, read_only: readOnly }) => ({
      source: textOf(source) || 'volumes of another container',
      readOnly: readOnly === true,
    })),
    ...list(values.devices).map(() => ({ source: '/dev', readOnly: false })),
  ];
}
