import { object, objects, type JsonObject, type Resource, type StackJson, textOf } from './stack-json';

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

/** Volumes of a container by their real names. */
export function mountedVolumes(stack: StackJson, { values }: Resource): MountedVolume[] {
  return objects(values.mounts)
    .filter(({ type }) => type === 'volume')
    .map(({ source, target, read_only: readOnly }) => ({
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
  const lines = (values.env ?? []) as readonly string[];
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}

/** What a container carries into a volume: content by file name. */
export function uploadsOf({ values }: Resource): Record<string, string> {
  return Object.fromEntries(
    objects(values.upload).map(({ file, content }) => [textOf(file), textOf(content)]),
  );
}

export function lifecycleOf({ values }: Resource): JsonObject {
  return object(values.lifecycle ?? {});
}
