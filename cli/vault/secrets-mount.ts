import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PlatformNames } from '../../lib/names';
import { tenantStackName } from '../../stacks/add-stacks';
import { Cdktf } from '../cdktf';
import type { Project } from '../project';
import { type VaultClient, VaultRefusal } from './vault-client';
import { toolchainEnvironment } from '../../toolchain/environment';

/** Whether something is mounted at a path of Vault. */
export async function isMounted(vault: VaultClient, mount: string): Promise<boolean> {
  const { data } = await vault.call('GET', 'sys/mounts');
  return data !== undefined && `${mount}/` in data;
}

/**
 * Lets Terraform make the mount of a tenant that wasn't applied yet, and nothing else of it: a key must lie somewhere before a
 * certificate can be ordered, and a secret that people bring must be there before the rest can start.
 */
export async function makeSecretsMount({ directory, platform }: Project, id: string): Promise<void> {
  Object.assign(process.env, toolchainEnvironment());
  const cdktf = new Cdktf(directory);
  const stack = tenantStackName(id);
  await cdktf.synth();
  const address = mountAddress(directory, stack, new PlatformNames(platform.name).tenant(id).secretsMount);
  await cdktf.terraform(stack, ['init', '-input=false', '-no-color']);
  await cdktf.terraform(stack, ['apply', '-auto-approve', '-input=false', '-no-color', `-target=${address}`]);
}

function mountAddress(directory: string, stack: string, path: string): string {
  const file = join(directory, 'cdktf.out', 'stacks', stack, 'cdk.tf.json');
  const { resource } = JSON.parse(readFileSync(file, 'utf8')) as {
    resource: { vault_mount?: Record<string, { path: string }> };
  };
  const found = Object.entries(resource.vault_mount ?? {}).find(([, mount]) => mount.path === path);
  if (found === undefined) throw new Error(`stack ${stack} has no mount at ${path}`);
  return `vault_mount.${found[0]}`;
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
