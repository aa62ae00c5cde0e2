import type { Project } from '../../../cli/project';
import type { PlatformStatus } from '../../../cli/status/platform-status';
import { settledStatus } from '../../../cli/status/settled-status';

const project = {} as Project;
const status = (...well: boolean[]): PlatformStatus =>
  ({
    healthy: well.every(Boolean),
    tenants: well.map((healthy, index) => ({ id: `t${index}`, healthy })),
  }) as unknown as PlatformStatus;

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

function looking(...answers: PlatformStatus[]) {
  return jest.fn(() => Promise.resolve(answers.length > 1 ? answers.shift() : answers[0])) as jest.Mock<
    Promise<PlatformStatus>
  >;
}

it('looks again until a tenant that comes up is well', async () => {
  const look = looking(status(true, false), status(true, false), status(true, true));
  const settled = settledStatus(project, new Set(), look);
  await jest.advanceTimersByTimeAsync(10_000);
  expect((await settled).healthy).toBe(true);
  expect(look).toHaveBeenCalledTimes(3);
});

it('does not wait for a tenant that wants something of people', async () => {
  const look = looking(status(true, false));
  expect((await settledStatus(project, new Set(['t1']), look)).healthy).toBe(false);
  expect(look).toHaveBeenCalledTimes(1);
});

it('says how it is in the end when one does not come up', async () => {
  const look = looking(status(false));
  const settled = settledStatus(project, new Set(), look);
  await jest.advanceTimersByTimeAsync(120_000);
  expect((await settled).healthy).toBe(false);
  expect(look.mock.calls.length).toBeGreaterThan(10);
});
