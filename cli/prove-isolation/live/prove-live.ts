import pLimit from 'p-limit';
import type { Progress } from '../../../toolchain/requirement';
import { toolchainEnvironment } from '../../../toolchain/environment';
import { refuseClosedVault } from '../../apply';
import { Engine } from '../../engine';
import type { Project } from '../../project';
import { UserError } from '../../user-error';
import type { Attack, LiveResult } from '../report';
import type { AttackGroup, Duel } from './attack';
import { ATTACK_GROUPS } from './attack-groups';
import type { Decoy } from './decoy-configuration';
import { Decoys } from './decoys';
import { party } from './party';
import { ProofLock } from './proof-lock';
import { runAttacks } from './run-attacks';
import { surroundings } from './surroundings';
import { untilInterrupted } from './until-interrupted';

export interface LiveOptions {
  /** Names of groups. @default - all */
  readonly only?: readonly string[];
}

/**
 * Attacks the running platform: two decoy tenants attack each other with everything, and are removed again whatever happens; real
 * tenants are attacked only by what changes nothing.
 *
 * @throws UserError when the platform isn't there to be attacked
 */
export async function proveLive(
  project: Project,
  progress: Progress,
  options: LiveOptions = {},
): Promise<LiveResult> {
  const groups = chosenGroups(options);
  Object.assign(process.env, toolchainEnvironment());
  await new Engine(project.platform.name).check();
  await refuseClosedVault(project);
  return ProofLock.hold(project.directory, () =>
    untilInterrupted(async (interrupted) => {
      const decoys = new Decoys(project);
      if (decoys.exist) {
        progress.line('removing decoys that an earlier run left behind');
        await decoys.remove();
      }
      try {
        progress.line('making two decoy tenants');
        const made = await decoys.make();
        const between = await Promise.race([
          interrupted,
          attackDecoys(project, made, decoys.stateDirectory, groups, progress),
        ]);
        const real = await Promise.race([interrupted, attackRealTenants(project, groups, progress)]);
        return { attacks: [...between, ...real] };
      } finally {
        progress.line('removing the decoy tenants');
        await decoys.remove();
      }
    }),
  );
}

/** Lets two decoys attack each other, in both directions. */
export async function attackDecoys(
  project: Project,
  [one, other]: readonly [Decoy, Decoy],
  stateDirectory: string,
  groups: readonly AttackGroup[],
  progress?: Progress,
): Promise<Attack[]> {
  const engine = new Engine(project.platform.name);
  const parties = await Promise.all(
    [one, other].map(({ tenant, client }) => party(project, engine, tenant, client)),
  );
  const common = { project, engine, surroundings: await surroundings(project, engine, stateDirectory) };
  const duels = pairs(parties).map(([from, to]): Duel => ({ ...common, from, to }));
  return fight(duels, groups, progress);
}

async function attackRealTenants(
  project: Project,
  groups: readonly AttackGroup[],
  progress: Progress,
): Promise<Attack[]> {
  const engine = new Engine(project.platform.name);
  const active = project.tenants.filter(({ state }) => state === 'active');
  const parties = await Promise.all(active.map((tenant) => party(project, engine, tenant)));
  const common = { project, engine, surroundings: await surroundings(project, engine) };
  const duels = pairs(parties).map(([from, to]): Duel => ({ ...common, from, to }));
  return fight(
    duels,
    groups.filter(({ harmless }) => harmless),
    progress,
  );
}

// Two at once: both directions between the decoys, and no more load on real tenants than that.
const DUELS_AT_ONCE = 2;

async function fight(
  duels: readonly Duel[],
  groups: readonly AttackGroup[],
  progress?: Progress,
): Promise<Attack[]> {
  const attacks: Attack[] = [];
  // One group after the other, or what one does to a container would answer the attempts of another.
  for (const group of groups) {
    const limit = pLimit(DUELS_AT_ONCE);
    const found = await Promise.all(
      duels.map((duel) =>
        limit(() => {
          progress?.line(`${group.name}: ${duel.from.names.id} attacks ${duel.to.names.id}`);
          return runAttacks(group, duel);
        }),
      ),
    );
    attacks.push(...found.flat());
  }
  return worstOfEach(attacks);
}

const WORST_FIRST: readonly Attack['outcome'][] = ['succeeded', 'not run', 'blocked'];

/** One line for each attack: it may be tried at several addresses, and a tenant that meets several others is looked at again. */
export function worstOfEach(attacks: readonly Attack[]): Attack[] {
  const worst = new Map<string, Attack>();
  for (const attack of attacks) {
    const name = `${attack.id} ${attack.from} ${attack.to}`;
    const known = worst.get(name);
    if (known === undefined || WORST_FIRST.indexOf(attack.outcome) < WORST_FIRST.indexOf(known.outcome))
      worst.set(name, attack);
  }
  return [...worst.values()];
}

/** Everybody against the next one, in both directions: with hundreds of tenants all against all would take days. */
export function pairs<T>(all: readonly T[]): [T, T][] {
  const next = all.map((one, index): [T, T] => [one, all[(index + 1) % all.length] as T]);
  if (all.length < 2) return [];
  if (all.length === 2) return next;
  return next.flatMap(([one, other]): [T, T][] => [
    [one, other],
    [other, one],
  ]);
}

export function chosenGroups({ only }: LiveOptions): readonly AttackGroup[] {
  if (only === undefined) return ATTACK_GROUPS;
  const known = [...new Set(ATTACK_GROUPS.map(({ name }) => name))];
  const unknown = only.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new UserError(`there are no attacks called "${unknown}"`, `known are: ${known.join(', ')}`);
  return ATTACK_GROUPS.filter(({ name }) => only.includes(name));
}
