import type { Project } from '../../../cli/project';
import type { PlatformStatus } from '../../../cli/status/platform-status';
import { settledStatus } from '../../../cli/status/settled-status';

const project = {} as Project;
const SOON = { withinSeconds: 0.2, everySeconds: 0.01 };

const status = (...well: boolean[]): PlatformStatus =>
  ({
    healthy: well.every(Boolean),
    tenants: well.map((healthy, index) => ({ id: `t${index}`, healthy })),
  }) as unknown as PlatformStatus;

/** Answers one after the other, and the last one for ever. */
function looking(last: PlatformStatus, ...before: PlatformStatus[]) {
  let asked = 0;
  const look = () => Promise.resolve(before[asked++] ?? last);
  return { look, asked: () => asked };
}

it('looks again until a tenant that comes up is well', async () => {
  const { look, asked } = looking(status(true, true), status(true, false), status(true, false));
  expect((await settledStatus(project, new Set(), look, SOON)).healthy).toBe(true);
  expect(asked()).toBe(3);
});

it('does not wait for a tenant that wants something of people', async () => {
  const { look, asked } = looking(status(true, false));
  expect((await settledStatus(project, new Set(['t1']), look, SOON)).healthy).toBe(false);
  expect(asked()).toBe(1);
});

it('says how it is in the end when one does not come up', async () => {
  const { look, asked } = looking(status(false));
  expect((await settledStatus(project, new Set(), look, SOON)).healthy).toBe(false);
  expect(asked()).toBeGreaterThan(2);
});
