import type { Project } from '../../project';
import type { Engine } from '../../engine';
import type { Attack } from '../report';
import type { Party } from './party';
import type { Surroundings } from './surroundings';

/** What came of an attempt. */
export interface Verdict {
  readonly outcome: Attack['outcome'];
  /** Never a secret: what an attack got hold of isn't shown, only that it did. */
  readonly evidence: string;
}

/** One thing that an attacker tries. */
export interface Attempt {
  /** Unique in its group, and the same from run to run. */
  readonly id: string;
  readonly description: string;
  /** @default - the attacking tenant */
  readonly from?: 'outside';
  /** @default - the attacked tenant */
  readonly to?: 'platform';
  run(): Promise<Verdict>;
}

/** One tenant against another. */
export interface Duel {
  readonly project: Project;
  readonly engine: Engine;
  readonly surroundings: Surroundings;
  readonly from: Party;
  readonly to: Party;
}

/** Attacks of one kind. A new protection brings a file with a group of its own, named in `attack-groups.ts`. */
export interface AttackGroup {
  /** What is attacked, as the report and `--only` call it. Several groups may share it. */
  readonly name: string;
  /** Whether nothing can change even if every attack succeeds: only then real tenants are attacked too. */
  readonly harmless: boolean;
  /** How many attempts at once. @default 8 */
  readonly atOnce?: number;
  /**
   * What must succeed, by the same means as the attacks: if an attacker can't even reach what is its own, then that it can't reach
   * what is another's says nothing, and the attacks count as not run.
   */
  controls(duel: Duel): readonly Attempt[];
  attacks(duel: Duel): readonly Attempt[];
}

export function blocked(evidence: string): Verdict {
  return { outcome: 'blocked', evidence };
}

export function succeeded(evidence: string): Verdict {
  return { outcome: 'succeeded', evidence };
}

export function notRun(evidence: string): Verdict {
  return { outcome: 'not run', evidence };
}
