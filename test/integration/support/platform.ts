import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateRootToken } from '../../../cli/vault/generate-root-token';
import { VaultClient } from '../../../cli/vault/vault-client';
import { vaultKeysFile } from '../../../stacks/local-files';
import { Sandbox } from './sandbox';

function fromEnvironment(name: string): string {
  const value = process.env[name];
  if (value === undefined)
    throw new Error(`run the integration tests with npm run test:integration: ${name} is not set`);
  return value;
}

export const PROJECT = fromEnvironment('NUTS_TEST_PROJECT');
export const sandbox = new Sandbox(fromEnvironment('NUTS_TEST_ENGINE'));
export const PROXY_ADDRESS = '10.80.0.1';

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly output: string;
}

export function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Outcome {
  const { status, stdout, stderr } = spawnSync(command, [...args], {
    cwd: PROJECT,
    encoding: 'utf8',
    env: { ...process.env, CI: '1', ...env },
    maxBuffer: 64 * 1024 * 1024,
  });
  return { code: status ?? -1, stdout, output: stdout + stderr };
}

/** The command line, as a user's shell runs it. */
export function nutsSaas(...args: string[]): Outcome {
  return run('node', ['dist/cli/main.js', ...args]);
}

export function succeed(outcome: Outcome): Outcome {
  if (outcome.code !== 0) throw new Error(`exit code ${outcome.code}:\n${outcome.output.slice(-6000)}`);
  return outcome;
}

export function docker(...args: string[]): string {
  return execFileSync('docker', args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }).trim();
}

/** Runs a command in a container; what it printed, whether it failed or not. */
export function exec(container: string, ...command: string[]): Outcome {
  return run('docker', ['exec', container, ...command]);
}

export function runningContainers(): string[] {
  return docker('ps', '--format', '{{.Names}}').split('\n').filter(Boolean).sort();
}

/** Name to id of all containers whose name begins with a prefix. */
export function containerIds(prefix: string): Record<string, string> {
  const lines = docker('ps', '--all', '--no-trunc', '--format', '{{.Names}} {{.ID}}').split('\n');
  return Object.fromEntries(
    lines
      .map((line) => line.split(' ') as [string, string])
      .filter(([name]) => name.startsWith(prefix))
      .sort(),
  );
}

/** The environment in which plain cdktf and terraform work, as `nuts-saas env` prints it. */
export function toolEnvironment(): NodeJS.ProcessEnv {
  return (environment ??= readEnvironment());
}

let environment: NodeJS.ProcessEnv | undefined;

function readEnvironment(): NodeJS.ProcessEnv {
  const lines = nutsSaas('env').stdout.split('\n').filter(Boolean);
  return Object.fromEntries(
    lines.map((line) => /^export (\w+)='(.*)'$/.exec(line)?.slice(1) as [string, string]),
  );
}

export const STACKS = ['vault', 'platform', 'tenant-acme', 'tenant-beta'];

/** What `cdktf synth` runs, without the seconds that its own start takes. */
export function synth(): void {
  succeed(run('node', ['--import', 'tsx', 'stacks/main.ts'], toolEnvironment()));
}

export function terraform(stack: string, ...args: string[]): Outcome {
  const directory = join(PROJECT, 'cdktf.out', 'stacks', stack);
  return run('terraform', [`-chdir=${directory}`, ...args], toolEnvironment());
}

interface ResourceChange {
  readonly address: string;
  readonly change: { readonly actions: readonly string[] };
}

/** What applying the project as it stands would do to a stack: `address: action+action`, without what stays. */
export function plannedChanges(stack: string): string[] {
  return planJson(stack)
    .resource_changes.filter(({ change }) => !['no-op', 'read'].includes(change.actions.join()))
    .map(({ address, change }) => `${address.replace(/_[0-9A-F]{8}$/, '')}: ${change.actions.join('+')}`)
    .sort();
}

export function planJson(stack: string): { resource_changes: ResourceChange[] } {
  succeed(terraform(stack, 'init', '-input=false'));
  succeed(terraform(stack, 'plan', '-input=false', '-lock=false', '-out=test.tfplan'));
  return JSON.parse(succeed(terraform(stack, 'show', '-json', 'test.tfplan')).stdout) as {
    resource_changes: ResourceChange[];
  };
}

/** Edits a file of the project, and says how to undo it. */
export function edit(file: string, change: (content: string) => string): () => void {
  const path = join(PROJECT, file);
  const before = readFileSync(path, 'utf8');
  const after = change(before);
  if (after === before) throw new Error(`the edit changes nothing in ${file}`);
  writeFileSync(path, after);
  return () => {
    writeFileSync(path, before);
  };
}

export async function eventually<T>(what: () => T | Promise<T>, seconds = 60): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    try {
      return await what();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

/** A client of the local Vault with all rights, for looking into it; the caller revokes it by ending the platform. */
export async function vaultAsRoot(): Promise<VaultClient> {
  const { unsealKey } = JSON.parse(readFileSync(vaultKeysFile(PROJECT), 'utf8')) as { unsealKey: string };
  const vault = new VaultClient('http://127.0.0.1:8200');
  return vault.as(await generateRootToken(vault, unsealKey));
}

/** Everything in a KV mount of either version, as path and value. */
export async function readMount(
  vault: VaultClient,
  mount: string,
  path = '',
): Promise<Record<string, unknown>> {
  const { data } = await vault
    .call<{ data: { keys: string[] } }>('GET', `${mount}/${path}?list=true`)
    .catch(() => ({ data: { keys: [] as string[] } }));
  const found: Record<string, unknown> = {};
  for (const key of data.keys) {
    const full = `${path}${encodeURIComponent(key).replaceAll('%2F', '/')}`;
    if (key.endsWith('/')) Object.assign(found, await readMount(vault, mount, full));
    else found[`${path}${key}`] = (await vault.call('GET', `${mount}/${full}`)).data;
  }
  return found;
}
