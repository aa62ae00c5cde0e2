import { environmentOf, lifecycleOf, mountedVolumes, nameOf, networksOf, started } from './containers';
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

// By their construct paths: what is on the host's network, and what needs no network at all.
const ON_HOST = /(^|\/)(proxy|resolver)\/container\/Resource$/;
const WITHOUT_NETWORK = /((?<!shared-)(redis|postgres)\/container|carrier)\/Resource$/;

export const CONTAINER_RULES: readonly Rule[] = [
  equals('read_only', true, false),
  equals('restart', 'always', 'unless-stopped'),
  equals('wait', true, false),
  equals('stop_timeout', 30, 10),
  equals('destroy_grace_seconds', 30, 0),
  each(
    'every capability is dropped, and at most binding to low ports is kept',
    ({ values }) => {
      const { drop, add } = object(values.capabilities ?? {});
      return list(drop).includes('ALL') && list(add).every((name) => name === 'CAP_NET_BIND_SERVICE');
    },
    (container) => (container.capabilities = { drop: ['ALL'], add: ['CAP_SYS_ADMIN'] }),
  ),
  each(
    'no new privileges',
    ({ values }) => list(values.security_opts).includes('no-new-privileges:true'),
    (container) => delete container.security_opts,
  ),
  each(
    'memory is bounded, without swap',
    ({ values }) => Number(values.memory) > 0 && values.memory === values.memory_swap,
    (container) => (container.memory_swap = -1),
  ),
  each(
    'CPU is bounded',
    ({ values }) => Number(values.cpus) > 0,
    (container) => delete container.cpus,
  ),
  each(
    'logs are bounded',
    ({ values }) => {
      const options = object(values.log_opts ?? {});
      return (
        values.log_driver === 'json-file' &&
        options['max-size'] !== undefined &&
        options['max-file'] !== undefined
      );
    },
    (container) => (container.log_opts = { 'max-size': '10m' }),
  ),
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
  each(
    'the image is pinned',
    ({ values }) => isPinned(textOf(values.image)),
    (container) => (container.image = 'redis:latest'),
  ),
  each(
    "only proxy and resolver are on the host's network",
    (container, stack) => networksOf(stack, container).includes('host') === ON_HOST.test(container.path),
    (container) => (container.network_mode = container.network_mode === 'host' ? 'bridge' : 'host'),
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
    'not privileged, and in no namespace of the host',
    ({ values }) =>
      ['privileged', 'pid_mode', 'ipc_mode', 'userns_mode', 'devices', 'gpus'].every(
        (key) => values[key] === undefined,
      ),
    (container) => (container.privileged = true),
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
  each(
    'no name of a variable announces a secret',
    (container) => Object.keys(environmentOf(container)).every((name) => !/TOKEN|PASSWORD|SECRET/.test(name)),
    (container) => (container.env = ['VAULT_TOKEN=x']),
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

/** By a digest, or by a tag that isn't `latest`. */
function isPinned(image: string): boolean {
  const name = image.split('/').at(-1) ?? '';
  return image.includes('@sha256:') || (name.includes(':') && !name.endsWith(':latest'));
}
