import { untilInterrupted } from '../../../cli/prove-isolation/live/until-interrupted';

const listeners = () => ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => process.listenerCount(signal));

it('ends what waits for a signal, lets it clean up, and then listens no more', async () => {
  const before = listeners();
  const order: string[] = [];
  const running = untilInterrupted(async (interrupted) => {
    try {
      await interrupted;
    } finally {
      await Promise.resolve();
      order.push('cleaned up');
    }
  });
  process.emit('SIGTERM', 'SIGTERM');
  await expect(running).rejects.toThrow('interrupted by SIGTERM');
  expect(order).toEqual(['cleaned up']);
  expect(listeners()).toEqual(before);
});

it('is not alone in hearing the signal, and still listens when others hear it', async () => {
  const before = listeners();
  // As execa does, which ends the program when it finds itself the only listener.
  let heardBy = 0;
  const other = () => (heardBy = process.listenerCount('SIGINT'));
  const running = untilInterrupted(async (interrupted) => {
    process.on('SIGINT', other);
    await interrupted;
  });
  process.emit('SIGINT', 'SIGINT');
  process.removeListener('SIGINT', other);
  await expect(running).rejects.toThrow('interrupted by SIGINT');
  expect(heardBy).toBe((before[0] ?? 0) + 2);
  expect(listeners()).toEqual(before);
});

it('ends the program on a second signal', async () => {
  const exit = jest.spyOn(process, 'exit').mockImplementation(() => undefined as never);
  let finish: () => void = () => undefined;
  const running = untilInterrupted(() => new Promise<void>((resolve) => (finish = resolve)));
  process.emit('SIGINT', 'SIGINT');
  expect(exit).not.toHaveBeenCalled();
  process.emit('SIGINT', 'SIGINT');
  expect(exit).toHaveBeenCalledWith(1);
  exit.mockRestore();
  finish();
  await running;
});

it('gives back what came out when nobody interrupts', async () => {
  await expect(untilInterrupted(() => Promise.resolve('done'))).resolves.toBe('done');
});
