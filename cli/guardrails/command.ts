import { Command } from 'commander';
import { mayBeApplied, review, RULES, type Review } from '../../lib/guardrails';
import { acknowledgedText, findingText, problemText } from '../../lib/guardrails/text';
import { openProject } from '../project';
import { synthesise } from '../synthesis';
import { table } from '../table';
import { UserError } from '../user-error';

const SOMETHING_TO_MEND = 2;

interface Options {
  readonly json?: boolean;
}

export function guardrailsCommand(): Command {
  return new Command('guardrails')
    .description('rules that every synthesised stack is held against before it can be applied')
    .addCommand(checkCommand(), { isDefault: true })
    .addCommand(listCommand());
}

function checkCommand(): Command {
  return new Command('check')
    .description("synthesises the project's stacks and holds them against the rules")
    .option('--json', 'for programs')
    .addHelpText(
      'after',
      `
Exit code 0: the stacks can be applied; 2: something is to be mended, or acknowledged in platform.yaml.

Examples:
  nuts-saas guardrails
  nuts-saas guardrails check --json | jq '.errors[] | .where'`,
    )
    .action(async ({ json }: Options) => {
      const { platform, directory } = openProject();
      const { stacks, refusal } = await synthesise(directory);
      const result = review({
        stacks,
        environment: platform.environment,
        acknowledgements: platform.guardrails.acknowledge,
      });
      // An app may refuse for reasons of its own.
      if (refusal !== undefined && mayBeApplied(result)) throw refusal;
      console.log(json ? JSON.stringify(result, null, 2) : describeReview(result));
      if (!mayBeApplied(result)) process.exitCode = SOMETHING_TO_MEND;
    });
}

function listCommand(): Command {
  return new Command('list')
    .description('the rules: what breaks each, why that matters, and what to do instead')
    .argument('[rule]', 'one rule, in full')
    .option('--json', 'for programs')
    .addHelpText(
      'after',
      `
Examples:
  nuts-saas guardrails list
  nuts-saas guardrails list shared-volume`,
    )
    .action((id: string | undefined, { json }: Options) => {
      const rules = chosen(id).map(({ id: name, severity, cause, why, remedy }) => ({
        id: name,
        severity,
        cause,
        why,
        remedy,
      }));
      if (json) console.log(JSON.stringify(rules, null, 2));
      else if (id === undefined)
        console.log(
          table([
            ['RULE', 'SEVERITY', 'CAUSE'],
            ...rules.map((rule) => [rule.id, rule.severity, rule.cause]),
          ]),
        );
      else
        for (const { severity, cause, why, remedy } of rules)
          console.log(`${id} (${severity})\n  ${cause}\n  ${why}\n  → ${remedy}`);
    });
}

/** @throws UserError when there is no such rule */
function chosen(id: string | undefined) {
  const rules = RULES.filter((rule) => id === undefined || rule.id === id);
  if (rules.length === 0)
    throw new UserError(`there is no rule "${id ?? ''}"`, 'nuts-saas guardrails list shows them all');
  return rules;
}

export function describeReview(result: Review): string {
  const { errors, warnings, acknowledged, problems } = result;
  const verdict = mayBeApplied(result)
    ? `The stacks can be applied: ${RULES.length} rules, ${warnings.length} warnings, ${acknowledged.length} acknowledged.`
    : `The stacks can't be applied: ${errors.length + problems.length} things to mend, or to acknowledge in platform.yaml with a reason.`;
  return [
    ...errors.map((finding) => `error    ${findingText(finding)}`),
    ...problems.map((problem) => `error    ${problemText(problem)}`),
    ...warnings.map((finding) => `warning  ${findingText(finding)}`),
    ...acknowledged.map((finding) => `allowed  ${acknowledgedText(finding)}`),
    verdict,
  ].join('\n');
}
