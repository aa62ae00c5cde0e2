const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Somebody ended the program, and it cleaned up. */
export class Interruption extends Error {}

/**
 * Runs something that must clean up after itself: instead of ending the program at once, a signal rejects the promise that it is
 * given. A second signal ends the program.
 */
export async function untilInterrupted<T>(run: (interrupted: Promise<never>) => Promise<T>): Promise<T> {
  let interrupt: (signal: NodeJS.Signals) => void = () => undefined;
  const interrupted = new Promise<never>((_, reject) => {
    interrupt = (signal) => {
      reject(new Interruption(`interrupted by ${signal}`));
    };
  });
  // It may come when nobody waits for it.
  interrupted.catch(() => undefined);
  for (const signal of SIGNALS) process.once(signal, interrupt);
  try {
    return await run(interrupted);
  } finally {
    for (const signal of SIGNALS) process.removeListener(signal, interrupt);
  }
}
