import { existsSync } from 'node:fs';
import { ensure, type Progress, type Requirement } from './requirement';

/** A file in the cache that is made once; its path contains a key of everything that went into it. */
export interface Artifact {
  readonly path: string;
  /** What it is made with. */
  readonly tools: readonly Requirement[];
  make(progress: Progress): Promise<void>;
}

export function isMade(artifact: Artifact): boolean {
  return existsSync(artifact.path);
}

export async function obtain(artifact: Artifact, progress: Progress): Promise<void> {
  if (isMade(artifact)) return;
  await ensure(artifact.tools, progress);
  await artifact.make(progress);
}
