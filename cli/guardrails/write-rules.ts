import { writeFileSync } from 'node:fs';
import { RULES } from '../../lib/guardrails';

/** The page with every rule, written from the rules themselves. */
export function rulesMarkdown(): string {
  const rows = RULES.map(({ id, severity, cause, why, remedy }) =>
    [`\`${id}\``, severity, cause, why, remedy].map((cell) => cell.replaceAll('|', '\\|')).join(' | '),
  );
  return `# Guardrails

Rules that every synthesised stack is held against, all stacks of an app together. \`npm run docs\` writes this page from them.

How to use, acknowledge and extend them: [decisions/12-guardrails.md](decisions/12-guardrails.md).

<!-- prettier-ignore -->
| Rule | Severity | What breaks it | Why it matters | What to do |
| --- | --- | --- | --- | --- |
${rows.map((row) => `| ${row} |`).join('\n')}
`;
}

if (require.main === module) writeFileSync('docs/guardrails.md', rulesMarkdown());
