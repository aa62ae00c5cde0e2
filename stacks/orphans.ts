import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from './config/configuration-error';
import type { Configuration } from './config/load';
import { LOCAL_STATE } from './local-files';

/**
 * Tenants that run, since their state says so, but that no file describes any more. Nothing would be planned for them, so they would
 * stay as they are, unseen. Only a local backend can be asked; with another one `nuts-saas status` finds them by their containers.
 */
export function orphans(project: string, { tenants }: Configuration): Problem[] {
  const directory = join(project, LOCAL_STATE);
  if (!existsSync(directory)) return [];
  const known = new Set(tenants.map(({ id }) => id));
  return readdirSync(directory)
    .map((file) => /^tenant-(.+)\.tfstate$/.exec(file)?.[1])
    .filter((id): id is string => id !== undefined && !known.has(id))
    .filter((id) => hasResources(join(directory, `tenant-${id}.tfstate`)))
    .map((id) => ({
      file: `tenants/${id}.yaml`,
      key: 'id',
      value: id,
      message: `the file is gone, but tenant ${id} still exists`,
      remedy: `put the file back, for instance by git checkout -- tenants/${id}.yaml; to end the tenant write "state: removed" in it and apply`,
    }));
}

function hasResources(stateFile: string): boolean {
  const state = JSON.parse(readFileSync(stateFile, 'utf8')) as { resources?: unknown[] };
  return (state.resources ?? []).length > 0;
}
