import { spawn } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openProject } from '../../cli/project';
import type { Attack, LiveResult } from '../../cli/prove-isolation/report';
import { ATTACK_GROUPS } from '../../cli/prove-isolation/live/attack-groups';
import { proveLive } from '../../cli/prove-isolation/live/prove-live';
import { allBlocked, countByGroup, describeAttacks } from '../../cli/prove-isolation/live/summary';
import { decoyDirectory } from '../../stacks/local-files';
import {
  containerIds,
  docker,
  eventually,
  nutsSaas,
  PROJECT,
  readMount,
  succeed,
  vaultAsRoot,
} from './support/platform';

const project = openProject(PROJECT);
const lines: string[] = [];
const progress = { line: (line: string) => void lines.push(line) };
let result: LiveResult;
let before: Awaited<ReturnType<typeof everything>>;
let seconds: number;

/** All that there is on the engine and in Vault. */
async function everything() {
  const vault = await vaultAsRoot();
  const list = async (path: string) =>
    (await vault.call<{ data: { keys: string[] } }>('GET', `${path}?list=true`)).data.keys.sort();
  return {
    containers: containerIds(''),
    volumes: docker('volume', 'ls', '--quiet').split('\n').sort(),
    networks: docker('network', 'ls', '--quiet').split('\n').sort(),
    mounts: Object.keys((await vault.call('GET', 'sys/mounts')).data ?? {}).sort(),
    policies: (await list('sys/policies/acl')).filter((name) => !name.includes('root')),
    roles: await list('auth/nuts-approle/role'),
    certificateRoles: await list('nuts-pki/roles'),
    entities: await list('identity/entity/name'),
    keysOfAcme: Object.keys(await readMount(vault, 'nuts/acme', 'nuts-private-keys/')).sort(),
  };
}

beforeAll(async () => {
  before = await everything();
  const start = Date.now();
  result = await proveLive(project, progress);
  seconds = (Date.now() - start) / 1000;
}, 600_000);

it('blocks every attack', () => {
  expect(result.attacks.filter(({ outcome }) => outcome !== 'blocked')).toEqual([]);
  expect(allBlocked(result.attacks)).toBe(true);
});

it('tries each kind of attack in both directions, and many of each', () => {
  const counts = Object.fromEntries(countByGroup(result.attacks).map(({ group, tried }) => [group, tried]));
  expect(Object.keys(counts).sort()).toEqual([...new Set(ATTACK_GROUPS.map(({ name }) => name))].sort());
  for (const [group, least] of Object.entries({
    vault: 300,
    redis: 120,
    network: 200,
    proxy: 400,
    tokens: 60,
    files: 200,
  }))
    expect({ group, enough: (counts[group] ?? 0) >= least }).toEqual({ group, enough: true });
  const toward = (from: string, to: string) =>
    result.attacks.filter((attack) => attack.from === from && attack.to === to).map(({ group }) => group);
  for (const [from, to] of [
    ['decoy', 'decoy-b'],
    ['decoy-b', 'decoy'],
  ] as const)
    expect([...new Set(toward(from, to))].sort()).toEqual([
      'files',
      'network',
      'proxy',
      'redis',
      'tokens',
      'vault',
    ]);
  // Real tenants only by what changes nothing.
  expect([...new Set(toward('acme', 'beta'))].sort()).toEqual(['files', 'network', 'redis', 'vault']);
});

it('names each attack once', () => {
  const name = ({ id, from, to }: Attack) => `${id} ${from} ${to}`;
  const names = result.attacks.map(name);
  expect(names.filter((one, index) => names.indexOf(one) !== index)).toEqual([]);
});

it('leaves nothing behind, and touches nobody else', async () => {
  expect(await everything()).toEqual(before);
  expect(existsSync(decoyDirectory(PROJECT))).toBe(false);
  succeed(nutsSaas('status'));
});

it('takes minutes, not hours', () => {
  expect(seconds).toBeLessThan(300);
});

it('tells in Markdown how many attacks were tried and blocked', () => {
  const report = describeAttacks(result.attacks);
  const { length } = result.attacks;
  expect(report).toContain(
    `${length} attacks were tried, ${length} were blocked, 0 succeeded, 0 could not be run.`,
  );
  expect(report).not.toMatch(/eyJ[\w-]{10,}\.|hvs\.|s\.\w{24}|PRIVATE KEY/);
});

it('removes what an interrupted run left behind, and is interrupted without leaving anything', async () => {
  const script = join(PROJECT, 'interrupted.cjs');
  writeFileSync(
    script,
    `const { openProject } = require('./dist/cli/project');
const { proveLive } = require('./dist/cli/prove-isolation/live/prove-live');
proveLive(openProject(), { line: (line) => console.log(line) }, { only: ['network'] }).catch((error) => {
  console.log(error.message);
  process.exitCode = 1;
});
`,
  );
  const run = () => {
    const child = spawn('node', [script], { cwd: PROJECT, stdio: ['ignore', 'pipe', 'inherit'] });
    const told = { text: '' };
    child.stdout.on('data', (chunk: Buffer) => (told.text += chunk.toString()));
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    const untilItAttacks = () =>
      eventually(() => {
        expect(told.text).toContain('attacks');
      }, 120);
    return { child, told, ended, untilItAttacks };
  };

  const killed = run();
  await killed.untilItAttacks();
  killed.child.kill('SIGKILL');
  await killed.ended;
  expect(containerIds('nuts-decoy')).toHaveProperty('nuts-decoy-node');

  const interrupted = run();
  await interrupted.untilItAttacks();
  interrupted.child.kill('SIGTERM');
  expect(await interrupted.ended).toBe(1);
  expect(interrupted.told.text).toContain('removing decoys that an earlier run left behind');
  expect(interrupted.told.text).toContain('interrupted by SIGTERM');
  rmSync(script);
  expect(await everything()).toEqual(before);
}, 300_000);
