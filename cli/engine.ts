import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { PLATFORM_LABEL, TENANT_LABEL } from '../lib/engine/labels';
import { containerDetails, type InspectedContainer } from './inspected-container';
import { UserError } from './user-error';

/** A container as the engine lists it. */
export interface ContainerState {
  readonly name: string;
  /** `running`, `restarting`, `exited`, `created`, … */
  readonly state: string;
  readonly tenant?: string;
}

/** A container as the engine describes it: what its isolation rests on. */
export interface ContainerDetails {
  readonly name: string;
  readonly image: string;
  readonly tenant?: string;
  readonly running: boolean;
  readonly user: string;
  readonly environment: readonly string[];
  readonly networks: readonly { readonly name: string; readonly address: string; readonly gateway: string }[];
  readonly mounts: readonly {
    readonly type: string;
    /** Name of a volume, or path on the host. */
    readonly source: string;
    readonly target: string;
    readonly writable: boolean;
  }[];
  readonly networkMode: string;
  /** Namespaces of the host, or of another container, that it lives in beside its network. */
  readonly foreignNamespaces: readonly string[];
  readonly privileged: boolean;
  readonly readOnlyRoot: boolean;
  readonly droppedCapabilities: readonly string[];
  readonly addedCapabilities: readonly string[];
  readonly securityOptions: readonly string[];
  readonly devices: number;
}

/** The state of a container by name, `missing` where there is none. */
export function stateOf(containers: readonly ContainerState[], name: string): string {
  return containers.find((container) => container.name === name)?.state ?? 'missing';
}

export type ObjectKind = 'container' | 'network' | 'volume';

const REMOVE: Record<ObjectKind, readonly string[]> = {
  container: ['container', 'rm', '--force', '--volumes'],
  network: ['network', 'rm'],
  volume: ['volume', 'rm'],
};

const LIST: Record<ObjectKind, readonly string[]> = {
  container: ['container', 'ls', '--all', '--format', '{{.Names}}'],
  network: ['network', 'ls', '--format', '{{.Name}}'],
  volume: ['volume', 'ls', '--format', '{{.Name}}'],
};

/** The command line's only way to Docker. What it lists and removes carries the label of one platform. */
export class Engine {
  constructor(private readonly platform: string) {}

  /** @throws UserError when the engine doesn't answer */
  async check(): Promise<void> {
    const { exitCode, stderr } = await execa('docker', ['version', '--format', '{{.Server.Version}}'], {
      reject: false,
    });
    if (exitCode !== 0)
      throw new UserError(
        `Docker isn't running: ${stderr.split('\n').at(-1) ?? ''}`,
        'start it (systemctl start docker), or let `nuts-saas doctor --install` do it',
      );
  }

  async containers(): Promise<ContainerState[]> {
    const format = `{{.Names}}\t{{.State}}\t{{.Label "${TENANT_LABEL}"}}`;
    const { stdout } = await execa('docker', [...this.list('container').slice(0, -1), format]);
    return lines(stdout).map((line) => {
      const [name = '', state = '', tenant = ''] = line.split('\t');
      return { name, state, ...(tenant && { tenant }) };
    });
  }

  async names(kind: ObjectKind): Promise<string[]> {
    const { stdout } = await execa('docker', this.list(kind));
    return lines(stdout).sort();
  }

  /** What somebody else is removing at this moment is waited for. */
  async remove(kind: ObjectKind, names: readonly string[]): Promise<void> {
    let left = names;
    for (let attempt = 0; left.length > 0; attempt++) {
      const { failed, stderr } = await execa('docker', [...REMOVE[kind], ...left], { reject: false });
      if (!failed) return;
      if (!stderr.includes('is already in progress') || attempt === 20)
        throw new Error(`docker can't remove ${left.join(', ')}: ${stderr}`);
      await sleep(500);
      const present = await this.names(kind);
      left = left.filter((name) => present.includes(name));
    }
  }

  /** Starts containers that were stopped. */
  async start(name: string): Promise<void> {
    await execa('docker', ['container', 'start', name]);
  }

  /** Runs a command in a container; a failing one is an answer too. */
  async exec(
    container: string,
    command: readonly string[],
    { input, timeoutSeconds = 15 }: { input?: string; timeoutSeconds?: number } = {},
  ): Promise<{ ok: boolean; code: number | undefined; output: string }> {
    const { exitCode, all } = await execa(
      'docker',
      ['exec', ...(input === undefined ? [] : ['--interactive']), container, ...command],
      { reject: false, all: true, timeout: timeoutSeconds * 1000, ...(input !== undefined && { input }) },
    );
    return { ok: exitCode === 0, code: exitCode, output: all };
  }

  async inspect(names: readonly string[]): Promise<ContainerDetails[]> {
    if (names.length === 0) return [];
    const { stdout } = await execa('docker', ['container', 'inspect', ...names], { maxBuffer: 1e8 });
    return (JSON.parse(stdout) as InspectedContainer[]).map(containerDetails);
  }

  /** Runs an image beside the platform's containers until it is removed. */
  async run(options: readonly string[], image: string, command: readonly string[]): Promise<void> {
    const label = `--label=${PLATFORM_LABEL}=${this.platform}`;
    await execa('docker', ['container', 'run', '--detach', label, ...options, image, ...command]);
  }

  private list(kind: ObjectKind): string[] {
    const [noun = '', verb = '', ...rest] = LIST[kind];
    return [noun, verb, '--filter', `label=${PLATFORM_LABEL}=${this.platform}`, ...rest];
  }
}

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}
