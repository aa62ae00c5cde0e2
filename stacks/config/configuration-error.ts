/** One thing that is wrong in the configuration, and what to do about it. */
export interface Problem {
  /** Relative to the configuration's directory, such as `tenants/acme.yaml`. */
  readonly file: string;
  /** Counts from 1. A key that is missing has the line of what it is missing from. */
  readonly line?: number;
  /** Dotted path of the key, such as `api.addresses.0`. */
  readonly key?: string;
  /** The value as it may be shown: `(hidden)` when it looks like a secret, absent when it isn't one line of text. */
  readonly value?: string;
  /** Reads on from the key and its value, such as `is not one of: web, nuts`. */
  readonly message: string;
  readonly remedy: string;
}

/** Everything that is wrong in a configuration, at once: nobody likes to find mistakes one run at a time. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';

  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(toText).join('\n'));
  }
}

function toText(problem: Problem): string {
  const place = problem.line === undefined ? problem.file : `${problem.file}:${problem.line}`;
  const subject = problem.value === undefined ? problem.key : `${problem.key ?? ''}: ${problem.value}`;
  const sentence = subject === undefined ? problem.message : `${subject} ${problem.message}`;
  return `${place}  ${sentence}\n    → ${problem.remedy}`;
}
