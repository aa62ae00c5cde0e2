import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Aspects, TerraformStack } from 'cdktf';
import { DockerProvider } from '@cdktf/provider-docker/lib/provider';
import { Container as DockerContainer } from '@cdktf/provider-docker/lib/container';
import { addGuardrails, GuardrailError, type GuardrailsOptions } from '../../../lib/guardrails';
import { Container } from '../../../lib/engine/container';
import { tenantLabels } from '../../../lib/engine/labels';

let outdir: string;

beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'nuts-saas-guardrails-'));
});
afterEach(() => {
  rmSync(outdir, { recursive: true });
});

function appWith(options: GuardrailsOptions = {}) {
  const app = new App({ outdir, stackTraces: false });
  const stack = new TerraformStack(app, 'care');
  new DockerProvider(stack, 'docker', {});
  const { resource } = new Container(stack, 'web', {
    name: 'web',
    image: 'web:1.0',
    user: '1:1',
    labels: tenantLabels('nuts', 'acme'),
    network: 'none',
    memoryMiB: 64,
    healthcheck: ['CMD', 'true'],
    health: {},
  });
  return { app, stack, resource, guardrails: addGuardrails(app, options) };
}

const manifest = () => join(outdir, 'manifest.json');
const REASON = 'the image needs it until its next release';

test('what is fine is synthesised', () => {
  appWith().app.synth();
  expect(existsSync(manifest())).toBe(true);
});

test('an override is seen, and nothing can be applied', () => {
  const { app, resource } = appWith();
  resource.addOverride('privileged', true);
  expect(() => {
    app.synth();
  }).toThrow(GuardrailError);
  expect(() => {
    app.synth();
  }).toThrow('care/web: it is privileged (privileged)\n    → leave privileged');
  expect(existsSync(manifest())).toBe(false);
});

test('so is what an aspect does', () => {
  const { app, stack } = appWith();
  Aspects.of(stack).add({
    visit: (construct) => {
      if (construct instanceof DockerContainer) construct.readOnly = false;
    },
  });
  expect(() => {
    app.synth();
  }).toThrow('its root file system is writable');
});

test('an acknowledgement lets it pass, and is told with every synthesis', () => {
  const { app, resource, guardrails } = appWith();
  resource.readOnly = false;
  guardrails.acknowledge({ rule: 'writable-root', where: resource, reason: REASON, owner: 'operations' });
  app.synth();
  const { stacks } = JSON.parse(readFileSync(manifest(), 'utf8')) as {
    stacks: Record<string, { annotations: { level: string; message: string }[] }>;
  };
  expect(stacks.care?.annotations).toEqual([
    {
      constructPath: 'care',
      level: '@cdktf/info',
      message: `care/web: its root file system is writable (writable-root), acknowledged by operations: ${REASON}`,
    },
  ]);
});

test('one that nothing needs any more keeps the stacks from being applied', () => {
  const where = 'care/web';
  const { app } = appWith({ acknowledge: [{ rule: 'writable-root', where, reason: REASON }] });
  expect(() => {
    app.synth();
  }).toThrow("the acknowledgement of writable-root at care/web can't be used: writable-root finds nothing");
});

test('rules of one’s own are as good as those of the library', () => {
  const rule = {
    id: 'no-web',
    severity: 'warning' as const,
    cause: 'x',
    why: 'x',
    remedy: 'call it otherwise',
    sightings: ({ stacks }: { stacks: readonly { name: string }[] }) =>
      stacks.map((stack) => ({ stack: stack as never, at: 'web', what: 'it is called web' })),
  };
  const { app, guardrails } = appWith({ rules: [rule] });
  app.synth();
  expect(guardrails.review().warnings.map(({ where }) => where)).toEqual(['care/web']);
  expect(readFileSync(manifest(), 'utf8')).toContain('it is called web (no-web)');
});
