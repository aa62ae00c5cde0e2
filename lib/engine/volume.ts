import { Volume as DockerVolume } from '@cdktf/provider-docker/lib/volume';
import { Construct } from 'constructs';
import { type Labels, labelBlocks } from './labels';

/** A volume as a container sees it. */
export interface Mount {
  readonly volume: string;
  readonly target: string;
  readonly readOnly: boolean;
}

/** Something that containers can mount: a volume of this stack, or one known by name. */
export interface IVolume {
  readonly volumeName: string;
  mount(target: string): Mount;
  mountReadOnly(target: string): Mount;
}

/** A volume that another stack made. */
class NamedVolume implements IVolume {
  constructor(readonly volumeName: string) {}

  mount(target: string): Mount {
    return { volume: this.volumeName, target, readOnly: false };
  }

  mountReadOnly(target: string): Mount {
    return { volume: this.volumeName, target, readOnly: true };
  }
}

export interface MemoryProps {
  readonly sizeMiB: number;
  /** Octal mode of the volume's root, such as `0750`. */
  readonly mode: string;
  readonly uid: number;
  readonly gid: number;
}

export interface VolumeProps {
  readonly name: string;
  readonly labels: Labels;
  /**
   * Keeps the content in memory instead of on disk: for sockets and for what may never be written to a disk. It is gone
   * when the last container that mounts it stops.
   * @default - on disk
   */
  readonly memory?: MemoryProps;
  /**
   * Refuses every plan that would destroy the volume.
   * @default false
   */
  readonly protect?: boolean;
}

/** A volume that several containers can share. */
export class Volume extends Construct implements IVolume {
  static fromName(name: string): IVolume {
    return new NamedVolume(name);
  }

  readonly volumeName: string;
  private readonly named: IVolume;

  constructor(scope: Construct, id: string, props: VolumeProps) {
    super(scope, id);
    const { memory } = props;
    const volume = new DockerVolume(this, 'Resource', {
      name: props.name,
      labels: labelBlocks(props.labels),
      ...(memory && {
        driver: 'local',
        driverOpts: {
          type: 'tmpfs',
          device: 'tmpfs',
          o: `size=${memory.sizeMiB}m,mode=${memory.mode},uid=${memory.uid},gid=${memory.gid}`,
        },
      }),
      ...(props.protect && { lifecycle: { preventDestroy: true } }),
    });
    this.volumeName = volume.name;
    this.named = new NamedVolume(volume.name);
  }

  mount(target: string): Mount {
    return this.named.mount(target);
  }

  mountReadOnly(target: string): Mount {
    return this.named.mountReadOnly(target);
  }
}
