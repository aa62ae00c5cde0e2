import { RouteFile } from '../../../lib/platform/routes';
import { Volume } from '../../../lib/engine/volume';
import { environmentOf } from '../../contract/support/containers';
import { synthesiseStack } from '../../contract/support/synthesise';
import { Sandbox } from '../support/sandbox';

// Processes start slowly where much else runs.
jest.setTimeout(60_000);

function carrier(content: Record<string, unknown>) {
  const stack = synthesiseStack('routes', (scope) => {
    new RouteFile(scope, 'acme', {
      name: 'nuts-acme-route',
      file: 'acme',
      content,
      routes: Volume.fromName('nuts-platform-routes'),
      image: 'redis:7',
      labels: {},
      health: {},
    });
  });
  return stack.resource('docker_container', 'carrier/Resource');
}

test('a route that Traefik would expand as a template is refused', () => {
  expect(() => carrier({ http: { rule: 'Host(`{{ env "HOME" }}`)' } })).toThrow(
    'route acme holds "{{", which Traefik would expand as a template',
  );
});

test('what Terraform would evaluate is written as it stands', () => {
  expect(environmentOf(carrier({ address: 'https://x/${file("/etc/shadow")}' })).ROUTE).toContain('$${file');
});

test('its name follows its content, so that a successor can start beside it', () => {
  const [one, other, same] = [carrier({ a: 1 }), carrier({ a: 2 }), carrier({ a: 1 })].map(
    ({ values }) => values.name,
  );
  expect(one).toMatch(/^nuts-acme-route-[0-9a-f]{8}$/);
  expect(other).not.toBe(one);
  expect(same).toBe(one);
});

describe('the carrier', () => {
  const { values } = carrier({});
  const [shell = '', option = '', script = ''] = values.entrypoint as string[];
  const [, check = ''] = (values.healthcheck as unknown as { test: string[] }).test;
  let sandbox: Sandbox;

  beforeEach(() => {
    sandbox = new Sandbox(['/routes']);
  });

  afterEach(() => {
    sandbox.remove();
  });

  const start = (ROUTE: string) => sandbox.start([shell, option, script], { FILE: 'acme', ROUTE });
  const isHealthy = async (ROUTE: string) =>
    (await sandbox.run(['sh', '-c', check], { FILE: 'acme', ROUTE })).code === 0;

  test('puts its file where the proxy reads it, and takes it out when it is stopped', async () => {
    const { child, ended } = start('http: {}\n');
    await sandbox.until(() => sandbox.read('/routes/acme.yaml') === 'http: {}\n');
    expect(await isHealthy('http: {}\n')).toBe(true);
    expect(await isHealthy('http: other\n')).toBe(false);
    child.kill('SIGTERM');
    expect((await ended).code).toBe(0);
    expect(sandbox.read('/routes/acme.yaml')).toBeUndefined();
  });

  test("leaves its successor's file alone", async () => {
    const old = start('old\n');
    await sandbox.until(() => sandbox.read('/routes/acme.yaml') === 'old\n');
    start('new\n');
    await sandbox.until(() => sandbox.read('/routes/acme.yaml') === 'new\n');
    old.child.kill('SIGTERM');
    expect((await old.ended).code).toBe(0);
    expect(sandbox.read('/routes/acme.yaml')).toBe('new\n');
  });

  test('killed, it leaves its file: a crash takes no tenant off the internet', async () => {
    const { child, ended } = start('old\n');
    await sandbox.until(() => sandbox.read('/routes/acme.yaml') === 'old\n');
    child.kill('SIGKILL');
    await ended;
    expect(sandbox.read('/routes/acme.yaml')).toBe('old\n');
  });
});
