import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { tenantStackName } from '../../stacks/add-stacks';
import { Cdktf } from '../cdktf';
import type { Project } from '../project';
import type { VaultClient } from '../vault/vault-client';
import { VaultRefusal } from '../vault/vault-client';

interface StackFile {
  readonly resource: { readonly vault_mount?: Readonly<Record<string, { readonly path: string }>> };
}

/**
 * Makes the mount of a tenant's secrets where it isn't there yet, through the tenant's own stack: a secret that people give may have to
 * be in Vault before the rest of the tenant can start.
 */
export async function ensureSecretsMount(
  project: Project,
  tenant: string,
  mount: string,
  vault: VaultClient,
): Promise<void> {
  const { data } = await vault.call('GET', 'sys/mounts');
  if (data !== undefined && `${mount}/` in data) return;
  const stack = tenantStackName(tenant);
  const cdktf = new Cdktf(project.directory);
  await cdktf.synth();
  await cdktf.terraform(stack, ['init', '-input=false', '-no-color']);
  const file = join(project.directory, 'cdktf.out', 'stacks', stack, 'cdk.tf.json');
  const { resource } = JSON.parse(readFileSync(file, 'utf8')) as StackFile;
  const [id] = Object.entries(resource.vault_mount ?? {}).find(([, { path }]) => path === mount) ?? [];
  if (id === undefined) throw new Error(`stack ${stack} has no mount ${mount}`);
  await cdktf.terraform(stack, [
    'apply',
    '-auto-approve',
    '-input=false',
    '-no-color',
    `-target=vault_mount.${id}`,
  ]);
}

/** Writes a secret; a mount that is new takes a moment before it accepts one. */
export async function writeSecret(
  vault: VaultClient,
  path: string,
  data: Readonly<Record<string, string>>,
): Promise<number> {
  for (let attempt = 0; ; attempt++)
    try {
      const answer = await vault.call<{ data: { version: number } }>('PUT', path, { data });
      return answer.data.version;
    } catch (error) {
      if (!(error instanceof VaultRefusal) || error.status !== 400 || attempt === 10) throw error;
      await sleep(500);
    }
}
