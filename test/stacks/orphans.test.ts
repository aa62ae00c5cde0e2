import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LOCAL_STATE } from '../../stacks/local-files';
import { orphans } from '../../stacks/orphans';
import { ACME, BETA, load, PLATFORM } from './config/fixture';

const CONFIGURATION = load({ 'platform.yaml': PLATFORM, 'tenants/acme.yaml': ACME });
const SOMETHING = JSON.stringify({ version: 4, resources: [{ type: 'docker_volume' }] });
const NOTHING = JSON.stringify({ version: 4, resources: [] });

let project: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'nuts-saas-orphans-'));
});

afterEach(() => {
  rmSync(project, { recursive: true });
});

function states(files: Record<string, string>): void {
  mkdirSync(join(project, LOCAL_STATE), { recursive: true });
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(project, LOCAL_STATE, name), content);
}

test('before the first apply there are none', () => {
  expect(orphans(project, CONFIGURATION)).toEqual([]);
});

test('a tenant with a state and no file is one, and what to do is said', () => {
  states({ 'tenant-acme.tfstate': SOMETHING, 'tenant-beta-2.tfstate': SOMETHING });
  expect(orphans(project, CONFIGURATION)).toEqual([
    {
      file: 'tenants/beta-2.yaml',
      key: 'id',
      value: 'beta-2',
      message: 'the file is gone, but tenant beta-2 still exists',
      remedy: expect.stringMatching(/git checkout -- tenants\/beta-2\.yaml.*"state: removed"/) as string,
    },
  ]);
});

test('what was destroyed, what is no tenant, and backups of states are none', () => {
  states({
    'tenant-beta.tfstate': NOTHING,
    'tenant-gamma.tfstate': '{}',
    'platform.tfstate': SOMETHING,
    'vault.tfstate': SOMETHING,
    'tenant-delta.tfstate.backup': SOMETHING,
  });
  expect(orphans(project, CONFIGURATION)).toEqual([]);
});

test('a tenant that has its file is none', () => {
  states({ 'tenant-beta.tfstate': SOMETHING });
  const both = load({ 'platform.yaml': PLATFORM, 'tenants/acme.yaml': ACME, 'tenants/beta.yaml': BETA });
  expect(orphans(project, both)).toEqual([]);
});
