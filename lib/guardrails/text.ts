import type { AcknowledgedFinding, AcknowledgementProblem } from './acknowledgement';
import type { Review } from './review';
import type { Finding } from './rule';

/** A finding in two lines: what and where, and what to do. */
export function findingText({ rule, where, what, remedy }: Finding): string {
  return `${where}: ${what} (${rule})\n    → ${remedy}`;
}

export function acknowledgedText({ rule, where, what, acknowledgement }: AcknowledgedFinding): string {
  const { reason, owner, until } = acknowledgement;
  const by = owner === undefined ? '' : ` by ${owner}`;
  const ends = until === undefined ? '' : ` until ${until}`;
  return `${where}: ${what} (${rule}), acknowledged${by}${ends}: ${reason}`;
}

export function problemText({ acknowledgement, message, remedy }: AcknowledgementProblem): string {
  const { rule, where } = acknowledgement;
  return `the acknowledgement of ${rule} at ${where} can't be used: ${message}\n    → ${remedy}`;
}

/** What keeps the stacks of a review from being applied. */
export function refusalText({ errors, problems }: Review): string {
  return [...errors.map(findingText), ...problems.map(problemText)].join('\n');
}
