#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { ConfigurationError } from '../stacks/config/configuration-error';
import { ToolchainError } from '../toolchain/toolchain-error';
import { applyCommand } from './apply';
import { CdktfFailure } from './cdktf';
import { certificatesCommand } from './certificates/command';
import { clientCommand } from './client/command';
import { doctorCommand } from './doctor';
import { downCommand } from './down';
import { envCommand } from './env';
import { guardrailsCommand } from './guardrails/command';
import { proveIsolationCommand } from './prove-isolation/command';
import { redisCommand } from './redis/command';
import { secretCommand } from './secret/command';
import { statusCommand } from './status/command';
import { tenantCommand } from './tenant/command';
import { upCommand } from './up';
import { inPackage } from '../toolchain/package-root';
import { Interruption } from './prove-isolation/live/until-interrupted';
import { UserError } from './user-error';

const USER_MISTAKE = 2;
const { version } = JSON.parse(readFileSync(inPackage('package.json'), 'utf8')) as { version: string };

const program = new Command('nuts-saas')
  .description('Runs a Nuts node for each of your customers.')
  .version(version)
  .showSuggestionAfterError()
  .addCommand(upCommand())
  .addCommand(statusCommand())
  .addCommand(applyCommand())
  .addCommand(tenantCommand())
  .addCommand(clientCommand())
  .addCommand(guardrailsCommand())
  .addCommand(proveIsolationCommand())
  .addCommand(certificatesCommand())
  .addCommand(secretCommand())
  .addCommand(redisCommand())
  .addCommand(downCommand())
  .addCommand(doctorCommand())
  .addCommand(envCommand())
  .addHelpText('after', '\nExit codes: 0 done, 1 failed or unwell, 2 something to mend in what was given.');
for (const command of allCommands(program)) command.exitOverride();

program.parseAsync().catch((error: unknown) => {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : USER_MISTAKE;
    return;
  }
  const mistake =
    error instanceof ConfigurationError || error instanceof UserError || error instanceof ToolchainError;
  const told = mistake || error instanceof CdktfFailure || error instanceof Interruption;
  console.error(told ? error.message : error);
  process.exitCode = mistake ? USER_MISTAKE : 1;
});

function allCommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(allCommands)];
}
