import { join } from 'node:path';

/** What a platform with a local backend and a local Vault keeps in its project, and out of git. */
export const LOCAL_DIRECTORY = '.nuts-saas';

/** Terraform's state, a file a stack. */
export const LOCAL_STATE = `${LOCAL_DIRECTORY}/state`;

/** The token with which stacks are applied. */
export function operatorTokenFile(project: string): string {
  return join(project, LOCAL_DIRECTORY, 'vault', 'operator-token');
}

/** What opens the local Vault: whoever has it has everything. */
export function vaultKeysFile(project: string): string {
  return join(project, LOCAL_DIRECTORY, 'vault', 'keys.json');
}

/** The platform's own authority, for `curl --cacert`. */
export function authorityFile(project: string): string {
  return join(project, LOCAL_DIRECTORY, 'platform-ca.pem');
}

/** The private key of an API client that was made here. */
export function clientKeyFile(project: string, tenant: string, client: string): string {
  return join(project, LOCAL_DIRECTORY, 'clients', tenant, `${client}.pem`);
}
