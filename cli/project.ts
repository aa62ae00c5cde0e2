import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { tenantStackName } from '../stacks/add-stacks';
import { ConfigurationError } from '../stacks/config/configuration-error';
import { type Configuration, loadConfiguration } from '../stacks/config/load';
import type { TenantConfig } from '../stacks/config/tenant-config';
import { orphans } from '../stacks/orphans';
import { UserError } from './user-error';

/** A folder with a platform.yaml, its tenants and a cdktf.json, and what they say. */
export interface Project extends Configuration {
  readonly directory: string;
}

/**
 * The project in the current folder.
 *
 * @throws UserError when there is none, ConfigurationError when what it says can't be used
 */
export function openProject(directory = process.cwd()): Project {
  if (!existsSync(join(directory, 'platform.yaml')))
    throw new UserError(
      `there is no platform.yaml in ${directory}`,
      'change to the folder of your platform; in a clone of nuts-saas it is the top one',
    );
  return { ...loadConfiguration(directory), directory };
}

/** @throws ConfigurationError when a tenant exists that no file describes any more */
export function refuseOrphans(project: Project): void {
  const lost = orphans(project.directory, project);
  if (lost.length > 0) throw new ConfigurationError(lost);
}

/** @throws UserError when no such tenant is configured */
export function findTenant(project: Project, id: string): TenantConfig {
  const tenant = project.tenants.find((candidate) => candidate.id === id);
  if (tenant === undefined)
    throw new UserError(
      `there is no tenant "${id}"`,
      `known are: ${project.tenants.map((known) => known.id).join(', ') || 'none; add tenants/<id>.yaml'}`,
    );
  return tenant;
}

/** The tenants whose stacks are among some names or patterns. */
export function chosenTenants({ tenants }: Project, stacks: readonly string[]): TenantConfig[] {
  const patterns = stacks.map((pattern) => new RegExp(`^${pattern.split('*').map(escaped).join('.*')}$`));
  return tenants.filter(({ id }) => patterns.some((pattern) => pattern.test(tenantStackName(id))));
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Where this machine can call the proxy: nobody can call "all addresses". */
export function callableProxyAddress({ platform }: Project): string {
  return platform.proxy.address === '0.0.0.0' ? '127.0.0.1' : platform.proxy.address;
}
