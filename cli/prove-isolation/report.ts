/** One attack that was tried, from what one tenant has on what another has. */
export interface Attack {
  /** Stays the same from run to run, so that two reports can be compared. */
  readonly id: string;
  /** What it is aimed at, such as `vault`, `redis`, `network` or `proxy`. */
  readonly group: string;
  /** Id of the tenant whose means are used, or `outside`. */
  readonly from: string;
  /** Id of the tenant that is attacked, or of what all share. */
  readonly to: string;
  readonly description: string;
  readonly outcome: 'blocked' | 'succeeded' | 'not run';
  /** What was seen, such as `403 permission denied`; for what was not run, why not. Never a secret. */
  readonly evidence: string;
}

/** What attacks on the running platform found out. */
export interface LiveResult {
  readonly attacks: readonly Attack[];
}
