import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Command } from 'commander';
import { LOCAL_DIRECTORY, LOCAL_STATE, authorityFile } from '../stacks/local-files';
import { removeEgressRules } from './egress';
import { Engine, type ObjectKind } from './engine';
import { openProject, type Project } from './project';
import { decoyDirectory } from './prove-isolation/live/decoy-directory';
import { UserError } from './user-error';

// A network or volume can go only when no container uses it.
const KINDS: readonly ObjectKind[] = ['container', 'network', 'volume'];

type Found = Record<ObjectKind, string[]>;

export function downCommand(): Command {
  return new Command('down')
    .description('removes what `up` made, data and keys included, and nothing else')
    .option('--yes', 'without asking')
    .option('--dry-run', 'only say what would be removed')
    .addHelpText(
      'after',
      `
For a development platform with a local Vault and a local state. The Docker Engine, what the toolchain got, and keys of API clients stay.

Examples:
  nuts-saas down --dry-run
  nuts-saas down --yes`,
    )
    .action(async ({ yes, dryRun }: { yes?: boolean; dryRun?: boolean }) => {
      const project = openProject();
      refuseUnlessLocal(project);
      const engine = new Engine(project.platform.name);
      await engine.check();
      const found = await look(engine);
      const files = localFiles(project);
      console.log(describe(found, files));
      if (dryRun) return;
      if (!yes) await confirm(project.platform.name);
      await removeEgressRules(engine, project.platform.name);
      for (const kind of KINDS) await engine.remove(kind, found[kind]);
      for (const file of files) rmSync(file, { recursive: true, force: true });
      console.log('Removed.');
    });
}

function refuseUnlessLocal({ platform }: Project): void {
  const reason =
    platform.environment === 'production'
      ? 'this platform is a production one'
      : platform.vault.kind !== 'local'
        ? 'its Vault is not its own'
        : platform.backend.type !== 'local'
          ? 'its state is shared'
          : undefined;
  if (reason !== undefined)
    throw new UserError(
      `down is for development platforms, and ${reason}`,
      'end tenants one by one with "state: removed" in their files',
    );
}

async function look(engine: Engine): Promise<Found> {
  const [container, network, volume] = await Promise.all(KINDS.map((kind) => engine.names(kind)));
  return { container: container ?? [], network: network ?? [], volume: volume ?? [] };
}

function localFiles({ directory }: Project): string[] {
  return [
    join(directory, LOCAL_STATE),
    join(directory, LOCAL_DIRECTORY, 'vault'),
    join(directory, LOCAL_DIRECTORY, 'logs'),
    authorityFile(directory),
    decoyDirectory(directory),
  ].filter((file) => existsSync(file));
}

function describe(found: Found, files: readonly string[]): string {
  const objects = KINDS.flatMap((kind) => found[kind].map((name) => `  ${kind.padEnd(9)}  ${name}`));
  const paths = files.map((file) => `  ${'files'.padEnd(9)}  ${file}`);
  return [
    'To be removed:',
    ...objects,
    ...paths,
    ...(objects.length + paths.length === 0 ? ['  nothing'] : []),
  ].join('\n');
}

async function confirm(platform: string): Promise<void> {
  if (!process.stdin.isTTY)
    throw new UserError(
      'nobody is there to confirm this',
      'say --yes to remove it all, data and keys included',
    );
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await prompt.question(
    `Every DID and key of these tenants is lost. Type "${platform}" to go on: `,
  );
  prompt.close();
  if (answer !== platform)
    throw new UserError('not confirmed; nothing was removed', `type ${platform} to confirm`);
}
