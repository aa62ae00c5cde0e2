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
  for (const command of [
    'up',
    'status',
    'apply',
    'tenant',
    'client',
    'guardrails',
    'prove-isolation',
    'down',
    'doctor',
    'env',
  ])
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

describe('what looks at the synthesised stacks', () => {
  const twoTenants = () => {
    const beta = ACME.replaceAll('acme', 'beta').replace('10.81.0.16', '10.81.0.32');
    project.write('tenants/beta.yaml', beta);
    app(join(built, 'stacks/main.js'));
  };
  const app = (script: string) => {
    project.write('cdktf.json', JSON.stringify({ app: `"${process.execPath}" "${script}"` }));
  };
  /** An app of one's own, in which a tenant's policy grew. */
  const widened = () => {
    twoTenants();
    project.write(
      'own.cjs',
      `const { App, Aspects } = require(${JSON.stringify(join(ROOT, 'node_modules/cdktf'))});
const { addStacks } = require(${JSON.stringify(join(built, 'stacks/add-stacks.js'))});
const { loadConfiguration } = require(${JSON.stringify(join(built, 'stacks/config/load.js'))});
const app = new App();
addStacks(app, loadConfiguration(process.cwd()));
const policy = app.node.findAll().find(({ node }) => node.path === 'tenant-acme/acme/vault-proxy/identity/policy');
policy.addOverride('policy', 'path "nuts/*" { capabilities = ["read"] }');
app.synth();
`,
    );
    app(join(project.directory, 'own.cjs'));
  };

  test('guardrails: code 0 when the stacks can be applied', () => {
    twoTenants();
    const { status, stdout } = run(['guardrails']);
    expect([status, stdout]).toEqual([0, expect.stringMatching(/^The stacks can be applied: \d+ rules/)]);
  });

  test('guardrails: code 2 when they can not, with place and remedy; --json for programs', () => {
    widened();
    const { status, stdout } = run(['guardrails']);
    expect(status).toBe(2);
    expect(stdout).toContain(
      'error    tenant-acme/acme/vault-proxy/identity/role: nuts-acme.g1: nuts/* matches',
    );
    const json = run(['guardrails', 'check', '--json']);
    expect(json.status).toBe(2);
    const { errors } = JSON.parse(json.stdout) as { errors: { rule: string }[] };
    expect(errors.map(({ rule }) => rule)).toEqual(['vault-policy-reach']);
  });

  test('guardrails list: a rule in full; one that is not there is a mistake to mend', () => {
    expect(run(['guardrails', 'list', 'docker-socket']).stdout).toContain('root of the host');
    expect(run(['guardrails', 'list', 'docker']).status).toBe(2);
  });

  test('prove-isolation: code 0 and a report to keep when no way leads from tenant to tenant', () => {
    twoTenants();
    const { status, stdout } = run(['prove-isolation', '--out', 'proof']);
    expect(status).toBe(0);
    expect(project.read('proof.md')).toBe(stdout.replace(/\n$/, ''));
    expect(stdout).toContain('The tenants are isolated');
    expect(JSON.parse(project.read('proof.json'))).toMatchObject({
      isolated: true,
      computed: { pairs: 2, violations: [] },
      stacks: ['platform', 'tenant-acme', 'tenant-beta', 'vault'].map((name) => ({ name })),
    });
  });

  test('prove-isolation: code 1 and the way, when there is one', () => {
    widened();
    const { status, stdout } = run(['prove-isolation', '--json']);
    expect(status).toBe(1);
    const { computed } = JSON.parse(stdout) as { computed: { violations: { from: string; to: string }[] } };
    expect(computed.violations).toContainEqual({
      from: 'acme',
      to: 'beta',
      steps: [
        'container nuts-acme-vault-proxy logs in with login nuts-acme.g1',
        'login nuts-acme.g1 has a policy for everything in Vault of beta',
      ],
    });
  });

  test('prove-isolation: --only without --live is a mistake', () => {
    expect(run(['prove-isolation', '--only', 'vault']).stderr).toContain('add --live');
  });
});
