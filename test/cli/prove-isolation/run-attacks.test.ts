import type { Engine } from '../../../cli/engine';
import {
  type Attempt,
  type AttackGroup,
  blocked,
  type Duel,
  succeeded,
  type Verdict,
} from '../../../cli/prove-isolation/live/attack';
import { runAttacks } from '../../../cli/prove-isolation/live/run-attacks';
import { party } from '../../../cli/prove-isolation/live/party';
import { completeTenant } from '../../../stacks/config/tenant-checks';
import { tenantFile } from '../../../stacks/config/tenant-config';
import { project } from './project';

const NOBODY = {
  containers: () => Promise.resolve([]),
  inspect: () => Promise.resolve([]),
} as unknown as Engine;

async function duel(): Promise<Duel> {
  const side = (id: string) =>
    party(
      project(),
      NOBODY,
      completeTenant(
        tenantFile.parse({
          id,
          release: 'v6',
          url: `https://${id}.saas.internal`,
          didMethods: ['web'],
          subnet: '10.81.0.16/28',
        }),
        project().platform,
      ),
    );
  return {
    project: project(),
    engine: NOBODY,
    surroundings: { proxy: { address: '127.0.0.1', httpsPort: 443, grpcPort: 5555 }, platform: [] },
    from: await side('alfa'),
    to: await side('bravo'),
  };
}

function attempt(id: string, run: () => Promise<Verdict>, more: Partial<Attempt> = {}): Attempt {
  return { id, description: `trying ${id}`, run, ...more };
}

function group(attacks: readonly Attempt[], controls: readonly Attempt[] = []): AttackGroup {
  return { name: 'doors', harmless: true, controls: () => controls, attacks: () => attacks };
}

it('says who did what to whom, and what came of it', async () => {
  const attacks = await runAttacks(
    group([
      attempt('knock', () => Promise.resolve(blocked('closed'))),
      attempt('push', () => Promise.resolve(succeeded('open')), { from: 'outside', to: 'platform' }),
    ]),
    await duel(),
  );
  expect(attacks).toEqual([
    {
      id: 'doors/knock',
      group: 'doors',
      from: 'alfa',
      to: 'bravo',
      description: 'trying knock',
      outcome: 'blocked',
      evidence: 'closed',
    },
    {
      id: 'doors/push',
      group: 'doors',
      from: 'outside',
      to: 'platform',
      description: 'trying push',
      outcome: 'succeeded',
      evidence: 'open',
    },
  ]);
});

it('counts no attack as blocked when the attacker could not even do what it may', async () => {
  const knock = jest.fn(() => Promise.resolve(blocked('closed')));
  const attacks = await runAttacks(
    group([attempt('knock', knock)], [attempt('own door', () => Promise.resolve(blocked('stuck')))]),
    await duel(),
  );
  expect(attacks).toMatchObject([{ outcome: 'not run', evidence: 'trying own door did not work: stuck' }]);
  expect(knock).not.toHaveBeenCalled();
});

it('counts no attack as blocked that failed by itself', async () => {
  const attacks = await runAttacks(
    group([attempt('knock', () => Promise.reject(new Error('no hand\n    at somewhere')))]),
    await duel(),
  );
  expect(attacks).toMatchObject([{ outcome: 'not run', evidence: 'no hand' }]);
});

it('tries no more at once than the group says', async () => {
  let running = 0;
  let most = 0;
  const slow = async () => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 5));
    running--;
    return blocked('closed');
  };
  const attacks = Array.from({ length: 6 }, (_, index) => attempt(String(index), slow));
  await runAttacks({ ...group(attacks), atOnce: 2 }, await duel());
  expect(most).toBe(2);
});
