import { setTimeout as sleep } from 'node:timers/promises';
import type { Project } from '../project';
import { platformStatus, type PlatformStatus } from './platform-status';

// After a restart of the host Docker waits up to a minute between two tries of a node that came up before what it needs.
const PATIENCE = { withinSeconds: 90, everySeconds: 2 };

/**
 * How everything is when it has had time to come up: the first answer in which all is well, or the last one.
 *
 * @param waiting tenants that can't be well before somebody brings what they want
 */
export async function settledStatus(
  project: Project,
  waiting: ReadonlySet<string>,
  look: (project: Project) => Promise<PlatformStatus> = platformStatus,
  { withinSeconds, everySeconds } = PATIENCE,
): Promise<PlatformStatus> {
  const end = Date.now() + withinSeconds * 1000;
  for (;;) {
    const status = await look(project);
    const comesUp = status.tenants.some(({ id, healthy }) => !healthy && !waiting.has(id));
    if (status.healthy || !comesUp || Date.now() > end) return status;
    await sleep(everySeconds * 1000);
  }
}
