import { egressFindings, egressState, removeEgressRules } from '../../cli/egress';
import type { ContainerState, Engine } from '../../cli/engine';

const NAME = 'nuts-platform-egress';

function engine(state: string | undefined, ok: boolean) {
  const did: string[] = [];
  const containers: ContainerState[] = state === undefined ? [] : [{ name: NAME, state }];
  const fake = {
    containers: () => Promise.resolve(containers),
    start: (name: string) => Promise.resolve(void did.push(`start ${name}`)),
    exec: (name: string, command: readonly string[]) => {
      did.push(`${command.at(-1)?.split(' ').at(-1) ?? ''} ${name}`);
      return Promise.resolve({ ok, output: '' });
    },
  };
  return { did, containers, engine: fake as unknown as Engine };
}

test.each([
  ['running', true, 'in place'],
  ['running', false, 'not in place'],
  ['restarting', true, 'unknown, since their container does not run'],
  [undefined, true, 'unknown, since their container does not run'],
])('a container that is %s, and a kernel that says %s: %s', async (state, ok, expected) => {
  const { engine: fake, containers } = engine(state, ok);
  expect(await egressState(fake, 'nuts', containers)).toBe(expected);
});

test.each([
  ['running', [`remove ${NAME}`]],
  ['exited', [`start ${NAME}`, `remove ${NAME}`]],
  [undefined, []],
])('rules are removed by their container, %s as it is', async (state, expected) => {
  const { engine: fake, did } = engine(state, true);
  await removeEgressRules(fake, 'nuts');
  expect(did).toEqual(expected);
});

test('a folder without a platform has none to look at', async () => {
  expect(await egressFindings('/nonexistent')).toEqual([]);
});
