import { Command } from 'commander';
import { cachePath } from '../toolchain/cache';
import { inspectToolchain, installToolchain } from '../toolchain/install';
import type { Finding } from '../toolchain/requirement';
import { egressFindings } from './egress';
import { ToolchainError } from '../toolchain/toolchain-error';

export function doctorCommand(): Command {
  return new Command('doctor')
    .description(
      'tell whether this machine has what the platform needs: Docker, Terraform, providers, images',
    )
    .option('--install', 'get what is missing: downloaded where possible, else built')
    .option('--json', 'print the findings as JSON')
    .addHelpText('after', () => examples())
    .action(async (options: { install?: boolean; json?: boolean }) => {
      const problem = options.install === true ? await install() : undefined;
      const findings = [...(await inspectToolchain()), ...(await egressFindings())];
      process.stdout.write(
        options.json === true ? `${JSON.stringify(findings, undefined, 2)}\n` : table(findings),
      );
      if (problem !== undefined) process.stderr.write(`\n${problem}\n`);
      if (problem !== undefined || findings.some(({ state }) => state === 'missing')) process.exitCode = 1;
    });
}

/** What went wrong, to be told after the findings: nobody scrolls up to an error. */
async function install(): Promise<string | undefined> {
  try {
    await installToolchain({});
    return undefined;
  } catch (error) {
    if (error instanceof ToolchainError) return error.message;
    throw error;
  }
}

export function table(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ name }) => name.length));
  const lines = findings.flatMap(({ name, state, detail, remedy }) => [
    `${state === 'ok' ? '✔ ok     ' : '✖ missing'}  ${name.padEnd(width)}  ${detail.split('\n', 1).join('')}`,
    ...(remedy === undefined ? [] : [`${' '.repeat(11)}${remedy}`]),
  ]);
  const wanting = findings.filter(({ state }) => state === 'missing').length;
  const byHand = findings.some(({ remedy }) => remedy !== undefined)
    ? ', after you did what is said above'
    : '';
  const summary =
    wanting === 0
      ? 'Everything is there.'
      : `${wanting} missing: \`nuts-saas doctor --install\` gets what can be got${byHand}.`;
  return [...lines, '', summary, ''].join('\n');
}

function examples(): string {
  return `
What is got is kept in ${cachePath()}; delete its folder "images" to try
Docker Hub again after images were built because it wasn't reachable.
Exit code: 0 when everything is there, 1 when something is missing.

Examples:
  $ nuts-saas doctor                 # what is missing?
  $ nuts-saas doctor --install       # get it; the first time without Docker Hub takes a quarter of an hour
  $ nuts-saas doctor --json          # for scripts`;
}
