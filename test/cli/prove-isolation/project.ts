import type { Project } from '../../../cli/project';
import type { TenantConfig } from '../../../stacks/config/tenant-config';
import { load, PLATFORM } from '../../stacks/config/fixture';

/** A project that is in no folder. */
export function project(tenants: readonly TenantConfig[] = [], more = ''): Project {
  const { platform } = load({ 'platform.yaml': `${PLATFORM}${more}`, 'tenants/': '' });
  return { directory: '/nowhere', platform, tenants };
}
