import { setTimeout as sleep } from 'node:timers/promises';
import type { Project } from '../project';
import { platformStatus, type PlatformStatus } from './platform-status';

// After a restart of the host Docker waits up to a minute between two tries of a node that came up before what it needs.
const WITHIN_SECONDS = 90;
const LOOK_EVERY_MS = 2000;

/**
 * How everything is when it has had time to come up: the first answer in which all is well, or the last one.
 *
 * @param waiting tenants that can't be well before somebody brings what they want
 */
export async function settledStatus(
  project: Project,
  waiting: ReadonlySet<string>,
  look: (project: Project) => Promise<PlatformStatus> = platformStatus,
): Promise<PlatformStatus> {
  const end = Date.now() + WITHIN_SECONDS * 1000;
  for (;;) {
    const status = await look(project);
    const comesUp = status.tenants.some(({ id, healthy }) => !healthy && !waiting.has(id));
    if (status.healthy || !comesUp || Date.now() > end) return status;
    await sleep(LOOK_EVERY_MS);
  }
}
