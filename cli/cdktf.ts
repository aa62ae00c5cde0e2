import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { execa, ExecaError } from 'execa';
import { LOCAL_DIRECTORY } from '../stacks/local-files';
import { providersAreLocal, toolchainEnvironment } from '../toolchain/environment';

const PLATFORM = 'platform';
/** The stacks that every other way to say "all" means: a local Vault must be unsealed after each change to it. */
export const ALL_BUT_VAULT = [PLATFORM, 'tenant-*'];

export interface DeployOptions {
  /** Asks before it applies. @default false */
  readonly ask?: boolean;
  /** Called with each line that cdktf prints. @default - its output goes to the terminal */
  readonly onLine?: (line: string) => void;
}

/** cdktf of the project, with what the toolchain got for it. */
export class Cdktf {
  constructor(private readonly project: string) {}

  /** `cdktf deploy`: stacks by name or pattern. */
  async deploy(stacks: readonly string[], options: DeployOptions = {}): Promise<void> {
    await this.run(
      [
        'deploy',
        ...stacks,
        // It makes cdktf forget the order too, so only where there is none to keep.
        ...(stacks.includes(PLATFORM) ? [] : ['--ignore-missing-stack-dependencies']),
        ...(options.ask ? [] : ['--auto-approve']),
        // Locking asks the registry for checksums, even where providers come from elsewhere.
        ...(providersAreLocal() ? ['--skip-provider-lock'] : []),
      ],
      options.onLine,
    );
  }

  /** `cdktf synth`, quietly. */
  async synth(): Promise<void> {
    await this.run(['synth'], () => undefined);
  }

  /** Terraform itself, in a stack that was synthesised. */
  async terraform(stack: string, args: readonly string[]): Promise<string> {
    const { stdout } = await execa('terraform', [...args], {
      cwd: join(this.project, 'cdktf.out', 'stacks', stack),
      env: toolchainEnvironment(),
    });
    return stdout;
  }

  private async run(args: readonly string[], onLine: ((line: string) => void) | undefined): Promise<void> {
    const env = { ...toolchainEnvironment(), ...(onLine && { CI: '1' }) };
    const options = { cwd: this.project, env, preferLocal: true, localDir: this.project } as const;
    if (onLine === undefined) {
      const { exitCode } = await execa('cdktf', [...args], { ...options, stdio: 'inherit', reject: false });
      if (exitCode !== 0)
        throw new CdktfFailure(
          `cdktf ${args[0] ?? ''} failed; what it says above is why.\n  → where it ends before saying so: terraform -chdir=cdktf.out/stacks/<stack> plan`,
        );
      return;
    }
    const child = execa('cdktf', [...args], { ...options, all: true, stdin: 'ignore' });
    const log = this.log(args[0] ?? '');
    child.all.pipe(log);
    try {
      for await (const line of child.iterable({ from: 'all' })) if (line.trim() !== '') onLine(line);
      await child;
    } catch (error) {
      if (!(error instanceof ExecaError)) throw error;
      const why = errorsOf((error as ExecaError<{ all: true }>).all);
      throw new CdktfFailure(
        `cdktf ${args[0] ?? ''} failed:\n${why}\n  → everything it printed is in ${log.path}`,
      );
    } finally {
      log.end();
    }
  }

  private log(command: string) {
    const directory = join(this.project, LOCAL_DIRECTORY, 'logs');
    mkdirSync(directory, { recursive: true });
    return createWriteStream(join(directory, `${command}.log`)) as ReturnType<typeof createWriteStream> & {
      path: string;
    };
  }
}

/** A run of cdktf that failed, told in a few lines of the hundreds that it printed. */
export class CdktfFailure extends Error {}

/** Terraform's boxes with an error in them; the end of the output where there is none. */
export function errorsOf(output: string): string {
  const lines = stripVTControlCharacters(output).split('\n');
  const boxes: string[][] = [];
  for (const line of lines) {
    if (line.includes('╷')) boxes.push([]);
    boxes.at(-1)?.push(line);
  }
  const errors = boxes
    .map((box) => box.slice(0, 1 + box.findIndex((line) => line.includes('╵'))))
    .filter((box) => box.some((line) => line.includes('Error: ')));
  return (errors.length > 0 ? errors.flat() : lines.slice(-20)).join('\n');
}
