const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Somebody ended the program, and it cleaned up. */
export class Interruption extends Error {}

/**
 * Runs something that must clean up after itself: instead of ending the program at once, a signal rejects the promise that it is
 * given. A second signal ends the program.
 */
export async function untilInterrupted<T>(run: (interrupted: Promise<never>) => Promise<T>): Promise<T> {
  let reject: (reason: Interruption) => void = () => undefined;
  const interrupted = new Promise<never>((_, fail) => {
    reject = fail;
  });
  // It may come when nobody waits for it.
  interrupted.catch(() => undefined);
  let signalled = false;
  // Stays in place when it was called: execa ends the program if nobody but itself listens to a signal.
  const interrupt = (signal: NodeJS.Signals) => {
    if (signalled) process.exit(1);
    signalled = true;
    reject(new Interruption(`interrupted by ${signal}`));
  };
  for (const signal of SIGNALS) process.on(signal, interrupt);
  try {
    return await run(interrupted);
  } finally {
    for (const signal of SIGNALS) process.removeListener(signal, interrupt);
  }
}
