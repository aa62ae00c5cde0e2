import {
  settle,
  type AcknowledgedFinding,
  type Acknowledgement,
  type AcknowledgementProblem,
} from './acknowledgement';
import { findings, type Finding, type Rule, type Subject } from './rule';
import { RULES } from './rules';

export interface ReviewOptions extends Subject {
  /** @default - none */
  readonly acknowledgements?: readonly Acknowledgement[];
  /** @default - every rule of this library */
  readonly rules?: readonly Rule[];
  /** Against which acknowledgements end. @default - now */
  readonly today?: Date;
}

/** What the rules say about stacks. */
export interface Review {
  /** Keep the stacks from being applied. */
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
  readonly acknowledged: readonly AcknowledgedFinding[];
  /** Acknowledgements that can't be used; they keep the stacks from being applied too. */
  readonly problems: readonly AcknowledgementProblem[];
}

/** Holds rules against stacks, all of them together. */
export function review(options: ReviewOptions): Review {
  const rules = options.rules ?? RULES;
  const found = rules.flatMap((rule) => findings(rule, options));
  const { open, acknowledged, problems } = settle(
    found,
    options.acknowledgements ?? [],
    rules.map(({ id }) => id),
    options.today ?? new Date(),
  );
  return {
    errors: open.filter(({ severity }) => severity === 'error'),
    warnings: open.filter(({ severity }) => severity === 'warning'),
    acknowledged,
    problems,
  };
}

/** Whether nothing keeps the stacks from being applied. */
export function mayBeApplied({ errors, problems }: Review): boolean {
  return errors.length === 0 && problems.length === 0;
}
