import { TENANT_LABEL } from '../lib/engine/labels';
import type { ContainerDetails } from './engine';

/** The part that is read of what `docker container inspect` prints. */
export interface InspectedContainer {
  readonly Name: string;
  readonly State: { readonly Running: boolean };
  readonly Config: {
    readonly Image: string;
    readonly User: string;
    readonly Env: readonly string[] | null;
    readonly Labels: Readonly<Record<string, string>> | null;
  };
  readonly HostConfig: {
    readonly NetworkMode: string;
    readonly PidMode: string;
    readonly IpcMode: string;
    readonly UTSMode: string;
    readonly UsernsMode: string;
    readonly Privileged: boolean;
    readonly ReadonlyRootfs: boolean;
    readonly CapAdd: readonly string[] | null;
    readonly CapDrop: readonly string[] | null;
    readonly SecurityOpt: readonly string[] | null;
    readonly Devices: readonly unknown[] | null;
  };
  readonly NetworkSettings: {
    readonly Networks: Readonly<Record<string, { readonly IPAddress: string; readonly Gateway: string }>>;
  };
  readonly Mounts: readonly {
    readonly Type: string;
    readonly Name?: string;
    readonly Source: string;
    readonly Destination: string;
    readonly RW: boolean;
  }[];
}

const OWN_NAMESPACES = ['', 'private', 'shareable', 'none'];

export function containerDetails(inspected: InspectedContainer): ContainerDetails {
  const { Config: config, HostConfig: host } = inspected;
  const tenant = config.Labels?.[TENANT_LABEL];
  return {
    name: inspected.Name.replace(/^\//, ''),
    image: config.Image,
    ...(tenant !== undefined && { tenant }),
    running: inspected.State.Running,
    user: config.User,
    environment: config.Env ?? [],
    networks: Object.entries(inspected.NetworkSettings.Networks).map(([name, network]) => ({
      name,
      address: network.IPAddress,
      gateway: network.Gateway,
    })),
    mounts: inspected.Mounts.map((mount) => ({
      type: mount.Type,
      source: mount.Name ?? mount.Source,
      target: mount.Destination,
      writable: mount.RW,
    })),
    networkMode: host.NetworkMode,
    foreignNamespaces: [host.PidMode, host.IpcMode, host.UTSMode, host.UsernsMode].filter(
      (mode) => !OWN_NAMESPACES.includes(mode),
    ),
    privileged: host.Privileged,
    readOnlyRoot: host.ReadonlyRootfs,
    droppedCapabilities: host.CapDrop ?? [],
    addedCapabilities: host.CapAdd ?? [],
    securityOptions: host.SecurityOpt ?? [],
    devices: host.Devices?.length ?? 0,
  };
}
