import type { Project } from '../../../cli/project';
import { completePlatform } from '../../../stacks/config/platform-checks';
import { platformFile } from '../../../stacks/config/platform-config';
import type { TenantConfig } from '../../../stacks/config/tenant-config';

/** A project that is in no folder. */
export function project(tenants: readonly TenantConfig[] = [], platform: object = {}): Project {
  return {
    directory: '/nowhere',
    platform: completePlatform(
      platformFile.parse({ environment: 'development', domain: 'saas.internal', ...platform }),
      '/nowhere',
    ),
    tenants,
  };
}
