import { Container as DockerContainer } from '@cdktf/provider-docker/lib/container';
import { Construct } from 'constructs';
import { type Labels, labelBlocks } from './labels';
import type { IVolume, Mount } from './volume';
import { Volume } from './volume';

export interface ConfigFile {
  readonly content: string;
  /**
   * Octal mode; the file belongs to root.
   * @default 0444
   */
  readonly mode?: string;
}

export interface ConfigFilesProps {
  readonly name: string;
  /** Any image that the host has: nothing in it is ever run. */
  readonly image: string;
  readonly labels: Labels;
  /** Files by name. They are in Terraform's state: never a secret that is still good when the apply has ended. */
  readonly files: Readonly<Record<string, ConfigFile>>;
  /**
   * Where the files go.
   * @default - a volume of their own
   */
  readonly into?: IVolume;
  /** New, empty volumes, two at most, that any user may write to from now on. */
  readonly prepares?: IVolume | readonly [IVolume, IVolume];
}

/**
 * Files in a volume, for containers whose root is read-only. The Docker provider can only upload into a container, and not into a
 * read-only one; so a container that is never started carries them, and the volume keeps them. Editing a file replaces this
 * container and leaves those that read it running.
 */
export class ConfigFiles extends Construct {
  readonly resource: DockerContainer;
  private readonly volume: IVolume;

  constructor(scope: Construct, id: string, props: ConfigFilesProps) {
    super(scope, id);
    this.volume = props.into ?? new Volume(this, 'volume', { name: props.name, labels: props.labels });
    const target = '/files';
    this.resource = new DockerContainer(this, 'Resource', {
      name: props.name,
      image: props.image,
      labels: labelBlocks(props.labels),
      entrypoint: ['true'],
      start: false,
      mustRun: false,
      networkMode: 'none',
      mounts: [
        { type: 'volume', source: this.volume.volumeName, target },
        // Docker gives an empty volume the owner and mode of the directory that it is first mounted on: /tmp and /var/tmp
        // of any image are open to all users, and the images of nodes have no directory that is theirs.
        ...[props.prepares ?? []].flat().map(({ volumeName }, index) => ({
          type: 'volume',
          source: volumeName,
          target: index === 0 ? '/tmp' : '/var/tmp',
        })),
      ],
      upload: Object.entries(props.files)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, { content, mode }]) => ({
          file: `${target}/${name}`,
          content,
          permissions: mode ?? '0444',
        })),
    });
  }

  mountReadOnly(target: string): Mount {
    return this.volume.mountReadOnly(target);
  }
}
