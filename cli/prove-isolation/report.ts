import type { IsolationReport } from '../../lib/isolation/report';

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

/** What an auditor keeps: what was looked at, when, and what came of it. */
export interface ProofReport {
  readonly madeAt: string;
  /** Of nuts-saas. */
  readonly version: string;
  readonly platform: { readonly name: string; readonly domain: string; readonly environment: string };
  /** The stacks that were read, so that they can be told from later ones. */
  readonly stacks: readonly { readonly name: string; readonly sha256: string }[];
  readonly isolated: boolean;
  readonly computed: IsolationReport;
  /** Undefined when no attack was asked for. */
  readonly live?: LiveResult;
}
