import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Attack, LiveResult } from '../../cli/prove-isolation/report';
import { ATTACK_GROUPS } from '../../cli/prove-isolation/live/attack-groups';
import { allBlocked, countByGroup } from '../../cli/prove-isolation/live/summary';
import { decoyDirectory } from '../../cli/prove-isolation/live/decoy-directory';
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

const REPORT = join(PROJECT, 'isolation');
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
  const { output, stdout } = succeed(nutsSaas('prove-isolation', '--live', '--json', '--out', REPORT));
  expect(output).toContain('Attack the running platform');
  result = (JSON.parse(stdout) as { live: LiveResult }).live;
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

it('leaves a report that says how many attacks were tried and blocked, and nothing secret', () => {
  const [markdown, json] = ['md', 'json'].map((ending) => readFileSync(`${REPORT}.${ending}`, 'utf8'));
  const { length } = result.attacks;
  expect(markdown).toContain(
    `${length} attacks were tried, ${length} were blocked, 0 succeeded, 0 could not be run.`,
  );
  expect((JSON.parse(json ?? '') as { live: LiveResult }).live).toEqual(result);
  for (const report of [markdown, json]) expect(report).not.toMatch(/eyJ[\w-]{10,}\.|hvs\.|PRIVATE KEY/);
});

it('removes the decoys of a run that was killed, and its own when it is interrupted', async () => {
  const run = () => {
    const child = spawn('node', ['dist/cli/main.js', 'prove-isolation', '--live', '--only', 'network'], {
      cwd: PROJECT,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const told = { text: '' };
    child.stderr.on('data', (chunk: Buffer) => (told.text += chunk.toString()));
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    return { child, told, ended };
  };
  // Only attacks on the network have a container of their own beside the decoys'.
  const attacked = (since?: string) =>
    eventually(() => {
      const node = containerIds('nuts-decoy')['nuts-decoy-node'];
      expect(node).toBeDefined();
      expect(node).not.toBe(since);
      expect(docker('ps', '--format', '{{.Names}}')).toContain('nuts-decoy-vault-proxy-probe');
      return node;
    }, 180);

  const killed = run();
  const leftover = await attacked();
  killed.child.kill('SIGKILL');
  await killed.ended;
  expect(containerIds('nuts-decoy')).toHaveProperty('nuts-decoy-node', leftover);

  const interrupted = run();
  await attacked(leftover);
  interrupted.child.kill('SIGINT');
  expect(await interrupted.ended).toBe(1);
  expect(interrupted.told.text).toMatch(/^interrupted by SIGINT$/m);
  expect(interrupted.told.text).not.toMatch(/^ +at /m);
  expect(await everything()).toEqual(before);
  expect(existsSync(decoyDirectory(PROJECT))).toBe(false);
}, 300_000);
