import { PlatformNames } from '../../lib/names';
import { REDIS_SECRET } from '../../lib/tenant/redis-store';
import { SQL_SECRET } from '../../lib/tenant/sql-store';
import type { PlatformConfig } from '../../stacks/config/platform-config';
import type { TenantConfig } from '../../stacks/config/tenant-config';
import type { Project } from '../project';
import type { Unready } from '../readiness';
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

/** What keeps a tenant's node from starting: a secret that nobody has brought yet. */
export async function missingSecret(
  { platform }: Project,
  vault: VaultClient,
  tenant: TenantConfig,
): Promise<Unready | undefined> {
  const { secretsMount } = new PlatformNames(platform.name).tenant(tenant.id);
  for (const { name, what } of wantedSecrets(tenant, platform))
    if (!(await exists(vault, `${secretsMount}/metadata/${name}`)))
      return {
        tenant: tenant.id,
        state: 'waits for a secret',
        message: `tenant ${tenant.id} waits for a secret: ${what}`,
        remedy: `nuts-saas secret set ${tenant.id} ${name} reads it from standard input and puts it into Vault; then run this again`,
      };
  return undefined;
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
