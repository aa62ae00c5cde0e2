import { PlatformNames } from '../../lib/names';
import { REDIS_SECRET } from '../../lib/tenant/redis-store';
import { SQL_SECRET } from '../../lib/tenant/sql-store';
import type { PlatformConfig } from '../../stacks/config/platform-config';
import type { TenantConfig } from '../../stacks/config/tenant-config';
import type { Project } from '../project';
import { UserError } from '../user-error';
import type { VaultClient } from '../vault/vault-client';
import { VaultRefusal } from '../vault/vault-client';
import { type ConnectionFault, sqlConnectionFault } from './sql-connection';

/** A secret that somebody has to give: it is made outside the platform. */
export interface WantedSecret {
  /** Its name on the command line, and in the tenant's mount. */
  readonly name: string;
  readonly field: string;
  readonly what: string;
  fault(value: string, environment: 'development' | 'production'): ConnectionFault | undefined;
}

/** The secrets that a tenant's configuration asks for. */
export function wantedSecrets({ redis, sql }: TenantConfig, platform: PlatformConfig): WantedSecret[] {
  return [
    ...(sql?.type === 'given'
      ? [{ ...SQL_SECRET, what: 'how its SQL database is reached', fault: sqlConnectionFault }]
      : []),
    ...(redis?.mode === 'shared' && platform.redis?.kind === 'given'
      ? [{ ...REDIS_SECRET, what: 'the password of its Redis user', fault: passwordFault }]
      : []),
  ];
}

function passwordFault(value: string): ConnectionFault | undefined {
  if (value.length >= 24 && !/\s/.test(value)) return undefined;
  return {
    message: 'the password is shorter than 24 characters, or has a space or line break in it',
    remedy: 'let a program make one, such as: openssl rand -hex 32',
  };
}

/**
 * Looks whether what only people can give is there, before anything is applied that would wait for it in vain.
 *
 * @throws UserError when something is missing
 */
export async function refuseMissingSecrets(
  project: Project,
  tenants: readonly TenantConfig[],
  vault: () => VaultClient,
): Promise<void> {
  const names = new PlatformNames(project.platform.name);
  for (const tenant of tenants.filter(({ state }) => state === 'active'))
    for (const { name, what } of wantedSecrets(tenant, project.platform)) {
      if (await exists(vault(), `${names.tenant(tenant.id).secretsMount}/metadata/${name}`)) continue;
      throw new UserError(
        `tenant ${tenant.id} waits for a secret: ${what}`,
        `nuts-saas secret set ${tenant.id} ${name} reads it from standard input and puts it into Vault; then run this again`,
      );
    }
}

async function exists(vault: VaultClient, path: string): Promise<boolean> {
  try {
    await vault.call('GET', path);
    return true;
  } catch (error) {
    if (error instanceof VaultRefusal && error.status === 404) return false;
    // Who may not look can't tell; the apply will.
    if (error instanceof VaultRefusal && error.status === 403) return true;
    throw error;
  }
}
