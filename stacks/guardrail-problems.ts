import type { Review } from '../lib/guardrails';
import type { Problem } from './config/configuration-error';

/** What keeps stacks from being applied, each with the file from which its stack comes. */
export function guardrailProblems({ errors, problems }: Review): Problem[] {
  return [
    ...errors.map(({ rule, stack, where, what, remedy }) => ({
      file: fileOf(stack),
      message: `${where}: ${what} (${rule})`,
      remedy,
    })),
    ...problems.map(({ acknowledgement: { rule, where }, message, remedy }) => ({
      file: 'platform.yaml',
      key: 'guardrails.acknowledge',
      message: `of ${rule} at ${where} can't be used: ${message}`,
      remedy,
    })),
  ];
}

function fileOf(stack: string): string {
  const tenant = /^tenant-(.+)$/.exec(stack)?.[1];
  return tenant === undefined ? 'platform.yaml' : `tenants/${tenant}.yaml`;
}
