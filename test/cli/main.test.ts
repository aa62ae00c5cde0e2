import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ACME, PLATFORM } from '../stacks/config/fixture';
import { TemporaryProject } from './support/project';

// Processes start slowly where much else runs.
jest.setTimeout(60_000);

// The program itself: exit codes, and what goes to which stream. It is compiled as the package is, beside it: that in `dist` may be old.

const ROOT = join(__dirname, '../..');

let built: string;

beforeAll(() => {
  built = mkdtempSync(join(ROOT, 'node_modules/.nuts-saas-test-'));
  const options = [
    '--noCheck',
    '--declaration',
    'false',
    '--incremental',
    'false',
    '--tsBuildInfoFile',
    'null',
  ];
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', built, ...options], {
    cwd: ROOT,
  });
}, 120_000);

afterAll(() => {
  rmSync(built, { recursive: true });
});

let project: TemporaryProject;

beforeEach(() => {
  project = new TemporaryProject({ 'platform.yaml': PLATFORM, 'tenants/acme.yaml': ACME });
});

afterEach(() => {
  project.remove();
});

function run(words: readonly string[], directory = project.directory) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(built, 'cli/main.js'), ...words], {
    cwd: directory,
    encoding: 'utf8',
  });
  // Node.js says once that it can require ES modules now.
  return {
    status,
    stdout,
    stderr: stderr.replaceAll(/^\(.*(ExperimentalWarning|--trace-warnings).*\n/gm, ''),
  };
}

test('--help is no failure, and names every command', () => {
  const { status, stdout } = run(['--help']);
  expect(status).toBe(0);
  for (const command of ['up', 'status', 'apply', 'tenant', 'client', 'down', 'doctor', 'env'])
    expect(stdout).toMatch(new RegExp(`^ {2}${command}`, 'm'));
});

test.each([
  ['a command that does not exist', ['clients'], '(Did you mean client?)'],
  ['a missing word', ['client', 'add', 'acme'], "missing required argument 'client'"],
  [
    'a tenant that does not exist',
    ['client', 'token', 'beta', 'ehr'],
    'there is no tenant "beta"\n  → known are: acme',
  ],
])('%s is a mistake to mend: code 2, one sentence, no stack trace', (_, words, message) => {
  const { status, stdout, stderr } = run(words);
  expect(status).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain(message);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test('so is a configuration that can not be used, with everything that is wrong in it', () => {
  project.write('tenants/acme.yaml', ACME.replace('v6', 'v7').replace('/28', '/30'));
  const { status, stderr } = run(['client', 'token', 'acme', 'ehr']);
  expect(status).toBe(2);
  expect(stderr).toMatch(/^tenants\/acme\.yaml:2 {2}release: "v7"/m);
  expect(stderr).toMatch(/^tenants\/acme\.yaml:5 {2}subnet/m);
});

test('and a folder without a platform', () => {
  const { status, stderr } = run(['client', 'token', 'acme', 'ehr'], join(project.directory, 'tenants'));
  expect(status).toBe(2);
  expect(stderr).toContain('there is no platform.yaml in');
});

test('--version is that of the package', () => {
  expect(run(['--version'])).toEqual({
    status: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string,
    stderr: '',
  });
});
