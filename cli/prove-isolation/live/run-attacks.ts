import pLimit from 'p-limit';
import type { Attack } from '../report';
import { notRun, type Attempt, type AttackGroup, type Duel, type Verdict } from './attack';

const AT_ONCE = 8;

/** Lets one tenant attack another with a group's attacks; what they come to, in the group's order. */
export async function runAttacks(group: AttackGroup, duel: Duel): Promise<Attack[]> {
  const limit = pLimit(group.atOnce ?? AT_ONCE);
  const attempts = group.attacks(duel);
  const broken = await brokenControl(group, duel);
  return Promise.all(
    attempts.map(async (attempt) => {
      const verdict = broken ? notRun(broken) : await limit(() => attemptIt(attempt));
      return {
        id: `${group.name}/${attempt.id}`,
        group: group.name,
        from: attempt.from ?? duel.from.names.id,
        to: attempt.to ?? duel.to.names.id,
        description: attempt.description,
        ...verdict,
      };
    }),
  );
}

async function brokenControl(group: AttackGroup, duel: Duel): Promise<string | undefined> {
  for (const control of group.controls(duel)) {
    const { outcome, evidence } = await attemptIt(control);
    if (outcome !== 'succeeded') return `${control.description} did not work: ${evidence}`;
  }
  return undefined;
}

async function attemptIt(attempt: Attempt): Promise<Verdict> {
  try {
    return await attempt.run();
  } catch (error) {
    return notRun(error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'failed');
  }
}
