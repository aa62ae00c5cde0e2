import type { EdgeKind, Path } from './graph';

/** What a tenant has, by name. */
export interface TenantSummary {
  readonly id: string;
  readonly containers: readonly string[];
  readonly networks: readonly string[];
  readonly volumes: readonly string[];
  readonly logins: readonly string[];
  readonly hosts: readonly string[];
}

/** Something that more than one tenant touches, and why nothing passes through it from one to another. */
export interface SharedThing {
  readonly thing: string;
  readonly tenants: readonly string[];
  readonly reason: string;
}

/** What the synthesised JSON of all stacks says about who can reach what. */
export interface IsolationReport {
  readonly tenants: readonly TenantSummary[];
  readonly shared: readonly SharedThing[];
  /** How many ways were followed, by what they were read from. */
  readonly edges: Readonly<Record<EdgeKind, number>>;
  /** Pairs of tenants, each way. */
  readonly pairs: number;
  /** Ways from one tenant to another; none when they are isolated. */
  readonly violations: readonly Path[];
  /** What can't be seen in the stacks, and so is not shown here. */
  readonly notShown: readonly string[];
}
