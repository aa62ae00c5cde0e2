import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { operatorTokenFile } from '../../stacks/local-files';
import type { Project } from '../project';
import { UserError } from '../user-error';
import { readPrivateFile } from './private-file';
import { VaultClient } from './vault-client';

/** A project's Vault, without a token. */
export function vaultClient({ platform }: Project): VaultClient {
  const { vault } = platform;
  return vault.kind === 'local'
    ? new VaultClient(`http://127.0.0.1:${vault.port}`)
    : new VaultClient(vault.address, undefined, vault);
}

/** Vault with the token that stacks are applied with; undefined where this machine has none. */
export function findOperatorVault(project: Project): VaultClient | undefined {
  const token =
    project.platform.vault.kind === 'local'
      ? readPrivateFile(operatorTokenFile(project.directory))
      : (process.env.VAULT_TOKEN ?? loginToken());
  return token ? vaultClient(project).as(token) : undefined;
}

/** @throws UserError where this machine has no token */
export function operatorVault(project: Project): VaultClient {
  const vault = findOperatorVault(project);
  if (vault !== undefined) return vault;
  throw new UserError(
    'this machine has no token for Vault',
    project.platform.vault.kind === 'local'
      ? 'nuts-saas up makes one'
      : 'set VAULT_TOKEN, or log in with vault login; the token needs the policy in policies/vault-operator.hcl',
  );
}

/** What `vault login` left, as Terraform finds it too. */
function loginToken(): string | undefined {
  const file = join(homedir(), '.vault-token');
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}
