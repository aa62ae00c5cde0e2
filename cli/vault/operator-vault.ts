import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { operatorTokenFile } from '../../stacks/local-files';
import type { Project } from '../project';
import { vaultClient } from '../status/platform-status';
import { UserError } from '../user-error';
import { readPrivateFile } from './private-file';
import type { VaultClient } from './vault-client';

/**
 * Vault with the login of whoever applies: that of Terraform.
 *
 * @throws UserError when there is none
 */
export function operatorVault(project: Project): VaultClient {
  const token =
    project.platform.vault.kind === 'local'
      ? readPrivateFile(operatorTokenFile(project.directory))
      : (process.env.VAULT_TOKEN ?? loginToken());
  if (token !== undefined) return vaultClient(project).as(token);
  throw new UserError(
    'there is no login to Vault',
    project.platform.vault.kind === 'local'
      ? 'nuts-saas up starts the local Vault and makes one'
      : 'set VAULT_TOKEN, or run `vault login`',
  );
}

/** What `vault login` leaves. */
function loginToken(): string | undefined {
  const file = join(homedir(), '.vault-token');
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}
