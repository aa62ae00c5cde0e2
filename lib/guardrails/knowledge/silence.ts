import { dirname, join, relative } from 'node:path';
import { LOGIN_SCRIPT } from '../../vault/login-script';
import { containers, environmentOf, mountedVolumes, uploadsOf } from '../containers';
import { list, objects, textOf, type Json, type Resource, type StackJson } from '../stack-json';

/**
 * Whether a container can be seen to listen on nothing that another container reaches: a sidecar of Vault by its script and its
 * configuration, or a HAProxy by the file that it is started with. What can't be seen counts as listening.
 */
export function isSilent(stack: StackJson, container: Resource): boolean {
  const config = sidecarConfig(container);
  if (config !== undefined)
    return objects(config.listener).every((listener) =>
      Object.keys(listener).every((kind) => kind === 'unix'),
    );
  const file = haproxyFile(stack, container);
  return file !== undefined && bindings(file).every((address) => /^(unix@|\/|127\.)/.test(address));
}

/** What a sidecar of Vault is told; undefined for what isn't one. */
export function sidecarConfig(container: Resource): Record<string, Json> | undefined {
  if (list(container.values.entrypoint)[2] !== LOGIN_SCRIPT) return undefined;
  try {
    return JSON.parse(environmentOf(container).CONFIG ?? '') as Record<string, Json>;
  } catch {
    return undefined;
  }
}

/** The configuration of a HAProxy, as a container that is never run carries it into a volume that HAProxy can't write to. */
function haproxyFile(stack: StackJson, { values, ...rest }: Resource): string | undefined {
  const words = list(values.command).map(textOf);
  const path = words[words.indexOf('-f') + 1];
  if (words[0] !== 'haproxy' || path === undefined || words.filter((word) => word === '-f').length !== 1)
    return undefined;
  const mounted = mountedVolumes(stack, { values, ...rest }).find(
    ({ target, readOnly }) => readOnly && !relative(target, dirname(path)).startsWith('..'),
  );
  if (mounted === undefined) return undefined;
  const contents = containers(stack).flatMap((carrier) =>
    mountedVolumes(stack, carrier)
      .filter(({ volume }) => volume === mounted.volume && carrier.values.start === false)
      .map(({ target }) => uploadsOf(carrier)[join(target, relative(mounted.target, path))]),
  );
  return contents.length === 1 ? contents[0] : undefined;
}

function bindings(file: string): string[] {
  return [...file.matchAll(/^\s*bind\s+(\S+)/gm)].flatMap(([, addresses = '']) => addresses.split(','));
}
