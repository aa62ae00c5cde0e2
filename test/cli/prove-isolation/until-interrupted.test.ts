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

it('gives back what came out when nobody interrupts', async () => {
  await expect(untilInterrupted(() => Promise.resolve('done'))).resolves.toBe('done');
});
