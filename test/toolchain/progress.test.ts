import { runSteps } from '../../toolchain/progress';
import { ToolchainError } from '../../toolchain/toolchain-error';

let written: string;
beforeEach(() => {
  written = '';
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written += text.toString();
    return true;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
});

test('each step has a line when it starts and one with its result when it ends', async () => {
  await runSteps([{ title: 'Image redis', run: () => Promise.resolve('redis:7.2') }]);
  expect(written).toMatch(/Image redis\n.*Image redis: redis:7\.2/s);
});

test('the first failure ends the run, and is passed on as it is', async () => {
  const problem = new ToolchainError({ what: 'No disk.', why: 'It is full.', remedy: 'empty it.' });
  const later = jest.fn();
  const steps = [
    { title: 'one', run: () => Promise.reject(problem) },
    { title: 'two', run: later },
  ];
  await expect(runSteps(steps)).rejects.toBe(problem);
  expect(later).not.toHaveBeenCalled();
  expect(written).not.toContain('It is full.');
});

test.each([
  ['leaves a signal to steps that clean up', true, 0],
  ['ends at once on a signal', false, 1],
])('%s', async (_, stepsEndThemselves, more) => {
  const before = process.listenerCount('SIGINT');
  let during = 0;
  const step = {
    title: 'one',
    run: () => {
      during = process.listenerCount('SIGINT');
      return Promise.resolve(undefined);
    },
  };
  await runSteps([step], { stepsEndThemselves });
  expect(during - before).toBe(more);
});
