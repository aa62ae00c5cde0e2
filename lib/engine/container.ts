import { Container as DockerContainer } from '@cdktf/provider-docker/lib/container';
import type { ITerraformDependable, TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { type Labels, labelBlocks } from './labels';
import type { Network } from './network';
import type { Mount } from './volume';

/** How often the engine looks after a container, for the whole platform. */
export interface HealthSchedule {
  /**
   * Seconds between two health checks. Every check starts a process in the container: with hundreds of tenants on a host a short
   * interval costs whole cores.
   * @default 10
   */
  readonly intervalSeconds?: number;
  /**
   * Seconds between the checks of a container that is starting, which decide how long an apply takes. Needs Docker Engine 25.
   * @default - the interval
   */
  readonly startIntervalSeconds?: number;
}

export interface ContainerNetwork {
  readonly network: string;
  /** @default - any free address of the network */
  readonly address?: string;
}

export interface ContainerProps {
  readonly name: string;
  readonly image: string;
  /** `uid:gid`, in numbers: names are looked up differently by different images. */
  readonly user: string;
  readonly labels: Labels;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  /** Ends up in Terraform's state and in `docker inspect`: never a secret. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly mounts?: readonly Mount[];
  /** Files of the host, read-only: host path by path in the container. */
  readonly hostFiles?: Readonly<Record<string, string>>;
  /** Directories in memory of this container alone: path to size in MiB. */
  readonly scratch?: Readonly<Record<string, number>>;
  /** `host`: the host's own network namespace; `none`: no network at all. */
  readonly network: ContainerNetwork | 'host' | 'none';
  readonly dns?: readonly string[];
  /** Publishes a port of the container on the host's loopback address. */
  readonly loopbackPort?: { readonly host: number; readonly container: number };
  readonly memoryMiB: number;
  /** @default 1 */
  readonly cpus?: number;
  /** Linux capabilities to keep, such as `CAP_NET_BIND_SERVICE`. */
  readonly capabilities?: readonly string[];
  /** The check's command; what it prints is shown by `docker inspect`. */
  readonly healthcheck: readonly string[];
  readonly health: HealthSchedule;
  /** Created or replaced before this one. */
  readonly dependsOn?: readonly ITerraformDependable[];
  /** When one of these is replaced, so is this. */
  readonly replaceWith?: readonly TerraformResource[];
  /** Starts the successor before this one is stopped; the name must then change with the content. @default false */
  readonly createBeforeDestroy?: boolean;
}

const STOP_SECONDS = 30;

/**
 * A container as this platform runs them: read-only root, no capabilities, no way to gain any, bounded memory, CPU and logs,
 * half a minute to stop, started again after every crash and restart, and applied only when its health check has passed.
 */
export class Container extends Construct {
  readonly resource: DockerContainer;

  constructor(scope: Construct, id: string, props: ContainerProps) {
    super(scope, id);
    const { network, health } = props;
    const interval = health.intervalSeconds ?? 10;
    this.resource = new DockerContainer(this, 'Resource', {
      name: props.name,
      image: props.image,
      user: props.user,
      labels: labelBlocks(props.labels),
      ...(props.entrypoint && { entrypoint: [...props.entrypoint] }),
      ...(props.command && { command: [...props.command] }),
      env: Object.entries(props.environment ?? {})
        .map(([name, value]) => `${name}=${value}`)
        .sort(),
      mounts: [
        ...(props.mounts ?? []).map(({ volume, target, readOnly }) => ({
          type: 'volume',
          source: volume,
          target,
          readOnly,
        })),
        ...Object.entries(props.hostFiles ?? {}).map(([source, target]) => ({
          type: 'bind',
          source,
          target,
          readOnly: true,
        })),
      ],
      tmpfs: Object.fromEntries(
        Object.entries(props.scratch ?? {}).map(([path, size]) => [path, `size=${size}m,mode=1777`]),
      ),
      ...(typeof network === 'string'
        ? { networkMode: network }
        : {
            networksAdvanced: [
              { name: network.network, ...(network.address && { ipv4Address: network.address }) },
            ],
          }),
      ...(props.dns && { dns: [...props.dns] }),
      ...(props.loopbackPort && {
        ports: [
          { ip: '127.0.0.1', external: props.loopbackPort.host, internal: props.loopbackPort.container },
        ],
      }),
      readOnly: true,
      // The provider writes the kept ones back with their prefix; without it every plan would replace the container.
      capabilities: { drop: ['ALL'], ...(props.capabilities && { add: [...props.capabilities] }) },
      securityOpts: ['no-new-privileges:true'],
      memory: props.memoryMiB,
      memorySwap: props.memoryMiB,
      cpus: decimal(props.cpus ?? 1),
      logDriver: 'json-file',
      logOpts: { 'max-size': '10m', 'max-file': '3' },
      // Not `unless-stopped`: Docker doesn't start those again after its daemon was killed.
      restart: 'always',
      stopTimeout: STOP_SECONDS,
      destroyGraceSeconds: STOP_SECONDS,
      healthcheck: {
        test: [...props.healthcheck],
        interval: `${interval}s`,
        timeout: '15s',
        retries: 3,
        // Said even where it does nothing: left out it would come from the image, and every plan would differ from what runs.
        startPeriod: '30s',
        ...(health.startIntervalSeconds && { startInterval: `${health.startIntervalSeconds}s` }),
      },
      wait: true,
      waitTimeout: 60,
      ...(props.dependsOn && { dependsOn: [...props.dependsOn] }),
      lifecycle: {
        ...(props.createBeforeDestroy && { createBeforeDestroy: true }),
        ...(props.replaceWith && { replaceTriggeredBy: props.replaceWith.map(idReference) }),
      },
    });
  }
}

// As the provider reads it back: "1" against "1.0" would replace the container with every apply.
function decimal(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}

// `replace_triggered_by` takes a bare reference, where cdktf's own would come out as an expression.
function idReference({ terraformResourceType, friendlyUniqueId }: TerraformResource): string {
  return `${terraformResourceType}.${friendlyUniqueId}.id`;
}

/** Puts a container on a network of the same stack. */
export function attach(network: Network, address: string): ContainerNetwork {
  return { network: network.name, address };
}
