import { PLATFORM_LABEL, TENANT_LABEL } from '../engine/labels';
import { block, list, objects, type JsonObject, type Resource, type StackJson, textOf } from './stack-json';

export interface MountedVolume {
  readonly volume: string;
  readonly target: string;
  readonly readOnly: boolean;
}

/** The containers of a stack. */
export function containers(stack: StackJson): Resource[] {
  return stack.resources('docker_container');
}

/** Those that run: what only carries files into a volume is created and never started. */
export function started(stack: StackJson): Resource[] {
  return containers(stack).filter(({ values }) => values.start !== false);
}

export function nameOf(resource: Resource): string {
  return textOf(resource.values.name);
}

/** The resources of a type in all stacks, by their real names. */
export function resourcesByName(stacks: readonly StackJson[], type: string): Map<string, Resource> {
  return new Map(
    stacks.flatMap((stack) =>
      stack
        .resources(type)
        .map((resource) => [stack.literal(textOf(resource.values.name)), resource] as const),
    ),
  );
}

/** Volumes of a container by their real names, in both ways in which the Docker provider lets them be written. */
export function mountedVolumes(stack: StackJson, { values }: Resource): MountedVolume[] {
  const mounts = objects(values.mounts)
    .filter(({ type }) => type === 'volume')
    .map(({ source, target, read_only: readOnly }) => ({ source, target, readOnly }));
  const volumes = objects(values.volumes)
    .filter(({ volume_name: name }) => name !== undefined)
    .map((given) => ({
      source: given.volume_name,
      target: given.container_path,
      readOnly: given.read_only,
    }));
  return [...mounts, ...volumes].map(({ source, target, readOnly }) => ({
    volume: stack.literal(textOf(source)),
    target: textOf(target),
    readOnly: readOnly === true,
  }));
}

/** Names of the networks that a container joins, or its network mode. */
export function networksOf(stack: StackJson, { values }: Resource): string[] {
  const joined = objects(values.networks_advanced).map(({ name }) => stack.literal(textOf(name)));
  return typeof values.network_mode === 'string' ? [values.network_mode, ...joined] : joined;
}

/** A container's environment. */
export function environmentOf({ values }: Resource): Record<string, string> {
  return Object.fromEntries(
    list(values.env)
      .map(textOf)
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}

/** What a container carries into a volume: content by file name. */
export function uploadsOf({ values }: Resource): Record<string, string> {
  return Object.fromEntries(
    objects(values.upload).map(({ file, content }) => [textOf(file), textOf(content)]),
  );
}

export function lifecycleOf({ values }: Resource): JsonObject {
  return block(values.lifecycle);
}

/** Id of the tenant that a container, network or volume belongs to; undefined for what the platform shares, and for strangers. */
export function tenantOf(resource: Resource): string | undefined {
  return labelOf(resource, TENANT_LABEL);
}

/** Name of the platform that a container, network or volume belongs to; undefined for strangers. */
export function platformOf(resource: Resource): string | undefined {
  return labelOf(resource, PLATFORM_LABEL);
}

function labelOf({ values }: Resource, name: string): string | undefined {
  const found = objects(values.labels).find(({ label }) => label === name);
  return found === undefined ? undefined : textOf(found.value);
}
