import { lifecycleOf, mountedVolumes, nameOf, networksOf, started } from './containers';
import { mutableResources, type Mutable, type Rule } from './rules';
import { list, object, objects, type Resource, type StackJson, textOf } from './stack-json';

type Judge = (container: Resource, stack: StackJson) => boolean;

/** A rule for every container that runs, and a change with which one breaks it. */
function each(name: string, holds: Judge, change: (container: Mutable) => void): Rule {
  return {
    name,
    findings: (stack) =>
      started(stack)
        .filter((container) => !holds(container, stack))
        .map((container) => `${stack.name}: ${nameOf(container)}`),
    breakIt: (json) => {
      const running = mutableResources(json, 'docker_container').filter(({ start }) => start !== false);
      const [victim] = running.slice(-1);
      if (victim) change(victim);
      return victim !== undefined;
    },
  };
}

const equals = (key: string, wanted: unknown, broken: unknown): Rule =>
  each(
    `${key} is ${String(wanted)}`,
    ({ values }) => values[key] === wanted,
    (container) => (container[key] = broken),
  );

// By their construct paths: what needs no network at all.
const WITHOUT_NETWORK = /((?<!shared-)(redis|postgres)\/container|carrier)\/Resource$/;

export const CONTAINER_RULES: readonly Rule[] = [
  equals('restart', 'always', 'unless-stopped'),
  equals('wait', true, false),
  equals('stop_timeout', 30, 10),
  equals('destroy_grace_seconds', 30, 0),
  each(
    'it has a health check that is not switched off',
    ({ values }) => {
      const [kind] = list(object(values.healthcheck ?? {}).test);
      return kind === 'CMD' || kind === 'CMD-SHELL';
    },
    (container) => (container.healthcheck = { test: ['NONE'] }),
  ),
  each(
    'the user is a number',
    ({ values }) => /^\d+:\d+$/.test(textOf(values.user)),
    (container) => (container.user = 'redis'),
  ),
  {
    ...each(
      'Redis and carriers of routes have no network',
      (container, stack) =>
        !WITHOUT_NETWORK.test(container.path) || String(networksOf(stack, container)) === 'none',
      () => undefined,
    ),
    breakIt: (json) => {
      const alone = mutableResources(json, 'docker_container').filter(
        (one) => one.network_mode === 'none' && one.start !== false,
      );
      for (const container of alone) container.network_mode = 'bridge';
      return alone.length > 0;
    },
  },
  each(
    'every other one names its networks',
    (container, stack) => networksOf(stack, container).length > 0,
    (container) => {
      delete container.network_mode;
      delete container.networks_advanced;
    },
  ),
  each(
    'nothing of the host but certificates is mounted, and read-only',
    ({ values }) =>
      values.volumes === undefined &&
      objects(values.mounts)
        .filter(({ type }) => type !== 'volume')
        .every(
          ({ type, source, read_only: readOnly }) =>
            type === 'bind' && readOnly === true && !/sock|^\/$/.test(textOf(source)),
        ),
    (container) =>
      (container.mounts = [{ type: 'bind', source: '/var/run/docker.sock', target: '/s', read_only: true }]),
  ),
  each(
    "no port is published but Vault's, on the loopback address",
    ({ values, path }) =>
      objects(values.ports).every(({ ip }) => ip === '127.0.0.1' && path === 'vault/container/Resource'),
    (container) => (container.ports = [{ ip: '0.0.0.0', external: 8200, internal: 8200 }]),
  ),
  each(
    'it is replaced by nothing that it would outlive unseen',
    (container) =>
      lifecycleOf(container).create_before_destroy !== true || /-[0-9a-f]{8}$/.test(nameOf(container)),
    (container) => {
      container.lifecycle = { create_before_destroy: true };
      container.name = 'always-the-same';
    },
  ),
  {
    name: "a tenant's socket of Vault is mounted by its sidecar and its node alone, and the node can't write there",
    findings: (stack) =>
      started(stack).flatMap((container) =>
        mountedVolumes(stack, container)
          .filter(({ volume }) => volume.endsWith('-vault-socket'))
          .filter(({ readOnly }) =>
            readOnly
              ? !container.path.endsWith('/node/container/Resource')
              : !container.path.endsWith('/sidecar/container/Resource'),
          )
          .map(() => `${stack.name}: ${nameOf(container)}`),
      ),
    breakIt: (json) => {
      const [socket] = mutableResources(json, 'docker_volume').filter(({ name }) =>
        String(name).endsWith('-vault-socket'),
      );
      const [redis] = mutableResources(json, 'docker_container').filter(({ name }) =>
        String(name).endsWith('-redis'),
      );
      if (!socket || !redis) return false;
      (redis.mounts as unknown[]).push({
        type: 'volume',
        source: socket.name,
        target: '/run/vault',
        read_only: true,
      });
      return true;
    },
  },
];
