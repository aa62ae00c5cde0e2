import type { Finding } from './rule';

/** Somebody's word that a finding may stay. It is told with every synthesis, for as long as it is there. */
export interface Acknowledgement {
  /** Id of the rule. */
  readonly rule: string;
  /** The place as the finding names it: a construct's path, its stack first. One finding, never a pattern. */
  readonly where: string;
  /** Why it may stay: a sentence for whoever reads it in a year. */
  readonly reason: string;
  /** Who answers for it. @default - whoever wrote it */
  readonly owner?: string;
  /** Day after which it is void, as `2027-06-30`. @default - it stays */
  readonly until?: string;
}

export interface AcknowledgedFinding extends Finding {
  readonly acknowledgement: Acknowledgement;
}

/** An acknowledgement that can't be used, and why. */
export interface AcknowledgementProblem {
  readonly acknowledgement: Acknowledgement;
  readonly message: string;
  readonly remedy: string;
}

const LEAST_REASON = 10;

/**
 * Sets findings apart that somebody has acknowledged. An acknowledgement without a reason, of a rule that isn't there, past its day
 * or for something that isn't found any more is a problem: it would hide what comes next.
 */
export function settle(
  found: readonly Finding[],
  given: readonly Acknowledgement[],
  ruleIds: readonly string[],
  today: Date,
): {
  open: Finding[];
  acknowledged: AcknowledgedFinding[];
  problems: AcknowledgementProblem[];
} {
  const problems = given.flatMap((acknowledgement) => {
    const problem = problemOf(acknowledgement, found, ruleIds, today);
    return problem === undefined ? [] : [{ acknowledgement, ...problem }];
  });
  const usable = given.filter((acknowledgement) =>
    problems.every((problem) => problem.acknowledgement !== acknowledgement),
  );
  const settled = found.map((finding) => ({
    finding,
    acknowledgement: usable.find((candidate) => isAbout(candidate, finding)),
  }));
  return {
    open: settled
      .filter(({ acknowledgement }) => acknowledgement === undefined)
      .map(({ finding }) => finding),
    acknowledged: settled.flatMap(({ finding, acknowledgement }) =>
      acknowledgement === undefined ? [] : [{ ...finding, acknowledgement }],
    ),
    problems,
  };
}

function problemOf(
  acknowledgement: Acknowledgement,
  found: readonly Finding[],
  ruleIds: readonly string[],
  today: Date,
): Omit<AcknowledgementProblem, 'acknowledgement'> | undefined {
  const { rule, where, reason, until } = acknowledgement;
  if (!ruleIds.includes(rule))
    return { message: `there is no rule ${rule}`, remedy: `use one of: ${ruleIds.join(', ')}` };
  if (reason.trim().length < LEAST_REASON)
    return {
      message: 'it gives no reason',
      remedy: 'say in a sentence why this may stay, for whoever reads it in a year',
    };
  if (until !== undefined && !isDay(until))
    return { message: `until: ${until} is not a day`, remedy: 'write it like 2027-06-30' };
  if (until !== undefined && until < today.toISOString().slice(0, 10))
    return { message: `it ended on ${until}`, remedy: 'mend what was found, or decide anew' };
  if (!found.some((finding) => isAbout(acknowledgement, finding))) {
    const places = found.filter((finding) => finding.rule === rule).map((finding) => finding.where);
    return {
      message: `${rule} finds nothing at ${where}`,
      remedy: places.length > 0 ? `it finds something at: ${places.join(', ')}` : 'take it out',
    };
  }
  return undefined;
}

function isAbout({ rule, where }: Acknowledgement, finding: Finding): boolean {
  return rule === finding.rule && where === finding.where;
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}
