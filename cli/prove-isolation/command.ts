import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import type { StackJson } from '../../lib/guardrails';
import { proveIsolation } from '../../lib/isolation/prove-isolation';
import { inPackage } from '../../toolchain/package-root';
import { runSteps } from '../../toolchain/progress';
import type { Progress } from '../../toolchain/requirement';
import { openProject, type Project } from '../project';
import { synthesise } from '../synthesis';
import { UserError } from '../user-error';
import { proveLive } from './live/prove-live';
import { allBlocked } from './live/summary';
import { proofMarkdown } from './markdown';
import type { LiveResult, ProofReport } from './report';

interface Options {
  readonly live?: boolean;
  readonly only?: readonly string[];
  readonly out?: string;
  readonly json?: boolean;
}

export function proveIsolationCommand(): Command {
  return new Command('prove-isolation')
    .description(
      'shows that no way leads from one tenant to another, and writes a report that an auditor can keep',
    )
    .option(
      '--live',
      'attack the running platform too: two decoy tenants are made, attack each other, and are removed',
    )
    .option('--only <groups...>', 'with --live: only these groups of attacks')
    .option('--out <name>', 'write the report to <name>.md and <name>.json')
    .option('--json', 'for programs')
    .addHelpText(
      'after',
      `
Without --live nothing that runs is touched: who can reach what is computed from the synthesised stacks.
Real tenants are attacked only by what changes nothing.

Exit code 0: isolated; 1: a way was found, or an attack was not blocked.

Examples:
  nuts-saas prove-isolation
  nuts-saas prove-isolation --live --out isolation-2027-01`,
    )
    .action(async (options: Options) => {
      if (options.only !== undefined && !options.live)
        throw new UserError('--only chooses attacks, and none was asked for', 'add --live');
      const report = await prove(openProject(), options);
      if (options.out !== undefined) write(options.out, report);
      console.log(options.json ? JSON.stringify(report, null, 2) : proofMarkdown(report));
      if (!report.isolated) process.exitCode = 1;
    });
}

async function prove(project: Project, options: Options): Promise<ProofReport> {
  const { stacks } = await readable(project);
  const computed = proveIsolation(stacks);
  const live = options.live ? await attack(project, options) : undefined;
  const { name, domain, environment } = project.platform;
  return {
    madeAt: new Date().toISOString(),
    version: version(),
    platform: { name, domain, environment },
    stacks: stacks.map((stack) => ({ name: stack.name, sha256: digest(stack) })),
    isolated: computed.violations.length === 0 && (live === undefined || allBlocked(live.attacks)),
    computed,
    ...(live && { live }),
  };
}

/** Stacks that the guardrails refuse are looked at all the same: what they open is what is asked for. */
async function readable(project: Project): Promise<{ stacks: readonly StackJson[] }> {
  const { stacks, refusal } = await synthesise(project.directory);
  if (stacks.length === 0 && refusal !== undefined) throw refusal;
  return { stacks };
}

async function attack(project: Project, { only }: Options): Promise<LiveResult | undefined> {
  let result: LiveResult | undefined;
  const step = {
    title: 'Attack the running platform',
    run: async (progress: Progress) => {
      result = await proveLive(project, progress, only ? { only } : {});
      return `${result.attacks.length} attacks`;
    },
  };
  // The decoys must go, whatever happens.
  await runSteps([step], { stepsEndThemselves: true });
  return result;
}

function write(name: string, report: ProofReport): void {
  const stem = name.replace(/\.(md|json)$/, '');
  try {
    writeFileSync(`${stem}.md`, proofMarkdown(report));
    writeFileSync(`${stem}.json`, `${JSON.stringify(report, null, 2)}\n`);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError(`the report can't be written: ${why}`, 'name a file in a folder that exists');
  }
}

function digest({ text }: StackJson): string {
  return createHash('sha256').update(text).digest('hex');
}

function version(): string {
  return (JSON.parse(readFileSync(inPackage('package.json'), 'utf8')) as { version: string }).version;
}
