import { createServer } from 'node:net';
import { containerIds, docker, edit, nutsSaas } from './support/platform';

it.each<[string, string, (content: string) => string, string[]]>([
  [
    'an unknown key',
    'platform.yaml',
    (yaml) => `${yaml}\ndomian: x\n`,
    ['platform.yaml:', 'domian', 'domain'],
  ],
  [
    'an option that isolation rests on',
    'tenants/acme.yaml',
    (yaml) => `${yaml}\noptions: { strictmode: false }\n`,
    ['tenants/acme.yaml:', 'strictmode'],
  ],
  [
    'the local Vault in production',
    'platform.yaml',
    (yaml) => yaml.replace('development', 'production'),
    ['platform.yaml:', 'vault'],
  ],
  [
    'two tenants on one subnet',
    'tenants/beta.yaml',
    (yaml) => yaml.replace('10.81.0.32/28', '10.81.0.16/28'),
    ['tenants/beta.yaml:', '10.81.0.16/28'],
  ],
  ['YAML that does not parse', 'tenants/beta.yaml', (yaml) => `${yaml}\n  : [\n`, ['tenants/beta.yaml:']],
])('%s ends with 2 and changes nothing, whatever the command', (_, file, change, mentioned) => {
  const before = containerIds('nuts-');
  const undo = edit(file, change);
  try {
    for (const command of [['up'], ['status'], ['apply', '--auto-approve']]) {
      const outcome = nutsSaas(...command);
      expect(outcome.code).toBe(2);
      for (const text of mentioned) expect(outcome.output).toContain(text);
      expect(outcome.output).not.toMatch(/^ +at /m);
    }
  } finally {
    undo();
  }
  expect(containerIds('nuts-')).toEqual(before);
});

it('a port in use is named before anything is made', async () => {
  docker('stop', '--time', '5', 'nuts-platform-proxy');
  const server = createServer().listen(443, '10.80.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const outcome = await new Promise<ReturnType<typeof nutsSaas>>((resolve) => {
    resolve(nutsSaas('up'));
  });
  server.close();
  docker('start', 'nuts-platform-proxy');
  expect(outcome.code).toBe(2);
  expect(outcome.output).toContain('port 443 on 10.80.0.1 is in use');
  expect(outcome.output).toContain('proxy.httpsPort');
});

it('an engine that is not there is said in a line', () => {
  const outcome = nutsSaasWithout();
  expect(outcome.code).toBe(2);
  expect(outcome.output).toContain("Docker isn't running");
});

it('an unknown tenant or command gets a hint', () => {
  const tenant = nutsSaas('tenant', 'rearm', 'acne');
  expect(tenant.code).toBe(2);
  expect(tenant.output).toContain('acme');
  const command = nutsSaas('stauts');
  expect(command.code).toBe(2);
  expect(command.output).toContain('status');
});

function nutsSaasWithout() {
  const host = process.env.DOCKER_HOST;
  process.env.DOCKER_HOST = 'unix:///nowhere/docker.sock';
  try {
    return nutsSaas('status');
  } finally {
    process.env.DOCKER_HOST = host;
  }
}
