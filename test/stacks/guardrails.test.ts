import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { platformProblems, PLATFORM, ACME } from './config/fixture';
import { guardrailProblems } from '../../stacks/guardrail-problems';
import { TemporaryProject } from '../cli/support/project';

// Processes start slowly where much else runs.
jest.setTimeout(60_000);

const ROOT = join(__dirname, '../..');

const acknowledging = (lines: string) => `${PLATFORM}guardrails:\n  acknowledge:\n    - ${lines}`;
const GIVEN = `rule: writable-root
      where: tenant-acme/acme/node/container
      reason: its next release needs no writable root`;

test.each([
  [
    'a rule that is not there',
    'rule: writable-roof',
    'is not one of: unreadable',
    'did you mean writable-root?',
  ],
  ['no reason', 'reason: none', 'gives no reason', 'say in a sentence'],
  ['a pattern for a place', "where: 'tenant-*/node'", 'is not the place of one finding', 'copy the place'],
])('an acknowledgement with %s: file, line and remedy', (_, line, message, remedy) => {
  const key = line.split(':')[0] ?? '';
  const problems = platformProblems(acknowledging(GIVEN.replace(new RegExp(`${key}: .*`), line)));
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatchObject({ file: 'platform.yaml', line: expect.any(Number) as number });
  expect(problems[0]?.message).toContain(message);
  expect(problems[0]?.remedy).toContain(remedy);
});

test('a finding names the file from which its stack comes', () => {
  const finding = {
    rule: 'limits',
    severity: 'error',
    where: 'x/y',
    what: 'no limit',
    remedy: 'set it',
  } as const;
  const acknowledgement = { rule: 'limits', where: 'x/z', reason: '' };
  const problems = guardrailProblems({
    errors: [
      { ...finding, stack: 'tenant-acme' },
      { ...finding, stack: 'platform' },
    ],
    warnings: [],
    acknowledged: [],
    problems: [{ acknowledgement, message: 'it gives no reason', remedy: 'give one' }],
  });
  expect(problems.map(({ file }) => file)).toEqual(['tenants/acme.yaml', 'platform.yaml', 'platform.yaml']);
  expect(problems[0]?.message).toBe('x/y: no limit (limits)');
});

describe('the deployable app', () => {
  let project: TemporaryProject;
  beforeEach(() => {
    project = new TemporaryProject({ 'platform.yaml': PLATFORM, 'tenants/acme.yaml': ACME });
  });
  afterEach(() => {
    project.remove();
  });

  function synthesise() {
    const outdir = join(project.directory, 'cdktf.out');
    const { status, stderr } = spawnSync(
      process.execPath,
      [join(ROOT, 'node_modules/tsx/dist/cli.mjs'), join(ROOT, 'stacks/main.ts')],
      { cwd: project.directory, encoding: 'utf8', env: { ...process.env, CDKTF_OUTDIR: outdir } },
    );
    return { status, stderr, manifest: existsSync(join(outdir, 'manifest.json')), outdir };
  }

  test('synthesises what is fine', () => {
    const { status, manifest, outdir } = synthesise();
    expect([status, manifest]).toEqual([0, true]);
    expect(readdirSync(join(outdir, 'stacks')).sort()).toEqual(['platform', 'tenant-acme', 'vault']);
  });

  test('refuses an acknowledgement that nothing needs: code 2, file and remedy, and nothing to apply', () => {
    project.write('platform.yaml', acknowledging(GIVEN));
    const { status, stderr, manifest } = synthesise();
    expect([status, manifest]).toEqual([2, false]);
    expect(stderr).toContain(
      "platform.yaml  guardrails.acknowledge of writable-root at tenant-acme/acme/node/container can't be used",
    );
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});
