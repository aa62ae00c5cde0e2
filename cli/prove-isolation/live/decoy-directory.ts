import { join } from 'node:path';
import { LOCAL_DIRECTORY } from '../../../stacks/local-files';

/** Where the decoys of `prove-isolation --live` have their stacks and their state, while there are any. */
export function decoyDirectory(project: string): string {
  return join(project, LOCAL_DIRECTORY, 'decoys');
}
