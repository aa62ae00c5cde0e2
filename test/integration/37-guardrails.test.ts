import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { containerIds, edit, nutsSaas, PROJECT, succeed } from './support/platform';

// An app of one's own, in which an override undoes what the library does.
const OWN_APP = `const { App } = require('cdktf');
const { addGuardrails } = require('./dist/lib/guardrails');
const { addStacks } = require('./dist/stacks/add-stacks');
const { loadConfiguration } = require('./dist/stacks/config/load');
const { machineImages } = require('./dist/stacks/machine-images');
const app = new App();
addStacks(app, loadConfiguration(process.cwd()), machineImages());
const node = app.node.findAll().find((one) => one.node.path === 'tenant-acme/acme/node/container/Resource');
node.addOverride('privileged', true);
addGuardrails(app, { environment: 'development' });
app.synth();
`;

it.each([['up'], ['apply', 'tenant-acme', '--auto-approve']])(
  'an acknowledgement that nothing needs ends %s with 2 and changes nothing',
  (...command) => {
    const before = containerIds('nuts-');
    const undo = edit(
      'platform.yaml',
      (yaml) => `${yaml}
guardrails:
  acknowledge:
    - { rule: privileged, where: tenant-acme/acme/node/container, reason: it was needed last year }
`,
    );
    try {
      const outcome = nutsSaas(...command);
      expect(outcome.output).toContain('privileged finds nothing at tenant-acme/acme/node/container');
      expect(outcome.output).toContain('platform.yaml');
      expect(outcome.code).toBe(2);
    } finally {
      undo();
    }
    expect(containerIds('nuts-')).toEqual(before);
  },
);

it('an override in an app of one’s own is refused before anything is applied, and shown by prove-isolation', () => {
  const before = containerIds('nuts-');
  const script = join(PROJECT, 'own-app.cjs');
  writeFileSync(script, OWN_APP);
  const undo = edit('cdktf.json', (json) =>
    json.replace('node --import tsx stacks/main.ts', 'node own-app.cjs'),
  );
  try {
    const refused = nutsSaas('apply', 'tenant-acme', '--auto-approve');
    expect(refused.output).toContain('tenant-acme/acme/node/container: it is privileged');
    expect(refused.code).not.toBe(0);
    expect(nutsSaas('guardrails').code).toBe(2);
    const proof = nutsSaas('prove-isolation');
    expect(proof.output).toContain('container nuts-acme-node (it is privileged) can act on the host');
    expect(proof.code).toBe(1);
  } finally {
    undo();
    rmSync(script);
  }
  expect(containerIds('nuts-')).toEqual(before);
});

it('what the repository ships is isolated, as far as its stacks say', () => {
  succeed(nutsSaas('prove-isolation', '--out', 'proof'));
  const report = JSON.parse(readFileSync(join(PROJECT, 'proof.json'), 'utf8')) as {
    isolated: boolean;
    computed: { tenants: { id: string }[] };
  };
  expect(report.isolated).toBe(true);
  expect(report.computed.tenants.map(({ id }) => id)).toEqual(['acme', 'beta']);
  for (const file of ['proof.json', 'proof.md']) rmSync(join(PROJECT, file));
});
