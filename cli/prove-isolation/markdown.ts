import { isolationMarkdown } from '../../lib/isolation/markdown';
import { describeAttacks } from './live/summary';
import type { ProofReport } from './report';

/** The report for people. */
export function proofMarkdown(report: ProofReport): string {
  const { platform, version, madeAt, isolated, stacks, computed, live } = report;
  return [
    `# Isolation of the tenants of ${platform.name}`,
    '',
    `${isolated ? 'The tenants are isolated' : '**The tenants are not isolated**'}, as far as this report looked: ${
      live === undefined
        ? 'what the stacks say; nothing was tried on what runs'
        : 'what the stacks say, and what attacks found out'
    }.`,
    '',
    `Made ${madeAt} by nuts-saas ${version} for ${platform.domain} (${platform.environment}).`,
    '',
    isolationMarkdown(computed),
    ...(live === undefined ? [] : [describeAttacks(live.attacks)]),
    '## The stacks that were read',
    '',
    ...stacks.map(({ name, sha256 }) => `- ${name}: sha256 ${sha256}`),
    '',
  ].join('\n');
}
