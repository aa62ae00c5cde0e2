import { Listr, ListrLogger, PRESET_TIMER, ProcessOutput, type ListrTask } from 'listr2';
import type { Progress } from './requirement';

export interface Step {
  readonly title: string;
  /** Does it, and may tell what came out, which is added to the title. */
  run(progress: Progress): Promise<string | undefined>;
}

export interface RunOptions {
  /** Whether the steps themselves act on a signal, since they have to clean up: else it ends the program at once. @default false */
  readonly stepsEndThemselves?: boolean;
}

const HEARTBEAT_SECONDS = 60;

/**
 * Runs steps one after another and shows how they do: live in a terminal; elsewhere a line when one starts, one when it ends
 * and one each minute. All on standard error, since standard output belongs to the command's result.
 */
export async function runSteps(
  steps: readonly Step[],
  { stepsEndThemselves = false }: RunOptions = {},
): Promise<void> {
  const live = process.stderr.isTTY && process.env.CI === undefined;
  let failure: unknown;
  const tasks = steps.map((step): ListrTask => {
    return {
      title: step.title,
      async task(_context, task) {
        const output = new StepOutput((text) => (task.output = text), live ? 1 : HEARTBEAT_SECONDS);
        try {
          const result = await step.run(output);
          if (result !== undefined) task.title = `${step.title}: ${result}`;
        } catch (error) {
          failure = error;
          // The whole story is told once, by whoever catches it.
          throw new Error(`after ${output.seconds()} s`, { cause: error });
        } finally {
          output.end();
        }
      },
    };
  });
  // Its "stdout" is where the steps appear; giving it one stream twice makes it capture its own output.
  const processOutput = new ProcessOutput(process.stderr, process.stdout);
  const logger = new ListrLogger({ useIcons: true, processOutput });
  const options = { timer: PRESET_TIMER, logger };
  const listr = new Listr(tasks, {
    renderer: live ? 'default' : 'simple',
    registerSignalListeners: !stepsEndThemselves,
    rendererOptions: { ...options, collapseErrors: false, showErrorMessage: false, formatOutput: 'truncate' },
  });
  try {
    await listr.run();
  } catch (error) {
    throw failure ?? error;
  }
}

/** Shows the last line with the seconds gone by, again and again: a long silent build is seen to be alive. */
class StepOutput implements Progress {
  private readonly start = Date.now();
  private readonly timer: NodeJS.Timeout;
  private last = '';

  constructor(show: (text: string) => void, everySeconds: number) {
    this.timer = setInterval(() => {
      show(`${this.seconds()} s  ${this.last}`);
    }, everySeconds * 1000);
  }

  line(text: string): void {
    this.last = text;
  }

  seconds(): number {
    return Math.round((Date.now() - this.start) / 1000);
  }

  end(): void {
    clearInterval(this.timer);
  }
}
