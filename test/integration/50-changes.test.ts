import { spawn } from 'node:child_process';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { callApi, call, token } from './support/https';
import {
  containerIds,
  docker,
  edit,
  eventually,
  nutsSaas,
  plannedChanges,
  PROJECT,
  succeed,
  synth,
  terraform,
} from './support/platform';

const GAMMA = `# A third customer, on a host of its own
id: gamma
release: v6
url: https://nuts.gamma-care.internal
didMethods: [web]
subnet: 10.81.0.64/28
`;
const gammaFile = join(PROJECT, 'tenants', 'gamma.yaml');
const json = (stack: string) =>
  readFileSync(join(PROJECT, 'cdktf.out', 'stacks', stack, 'cdk.tf.json'), 'utf8');
const apply = (...stacks: string[]) => succeed(nutsSaas('apply', ...stacks, '--auto-approve'));

/** Plans an edit of acme without applying it. */
function planOf(change: (yaml: string) => string): string[] {
  const undo = edit('tenants/acme.yaml', change);
  try {
    synth();
    return plannedChanges('tenant-acme');
  } finally {
    undo();
  }
}

describe('adding a tenant', () => {
  const others: Record<string, string> = {};
  let jsonBefore: string[];

  beforeAll(() => {
    synth();
    Object.assign(others, containerIds('nuts-acme-'), containerIds('nuts-beta-'));
    jsonBefore = [json('tenant-acme'), json('tenant-beta')];
    writeFileSync(gammaFile, GAMMA);
    // The customer's own host makes the platform's certificate and resolver know it.
    apply('platform', 'tenant-gamma');
  }, 300_000);

  it('changes no byte of the others, and none of their containers', () => {
    expect([json('tenant-acme'), json('tenant-beta')]).toEqual(jsonBefore);
    expect({ ...containerIds('nuts-acme-'), ...containerIds('nuts-beta-') }).toEqual(others);
  });

  it('brings it to life on the customer’s own host', async () => {
    await eventually(async () => {
      const answer = await call('https://nuts.gamma-care.internal/.well-known/oauth-authorization-server');
      expect(answer.contentType).toContain('json');
    });
    expect(succeed(nutsSaas('status')).stdout).toMatch(/^gamma +healthy/m);
  });
});

describe('what an edit replaces', () => {
  const NODE_OR_REDIS = /^docker_container\.acme_(node|redis)_container: /;

  it.each<[string, (yaml: string) => string, string[]]>([
    [
      'an allowed address',
      (yaml) => yaml.replace('10.80.0.1', '10.80.0.1\n        - 203.0.113.7'),
      ['docker_container.acme_route_file_carrier: create+delete'],
    ],
    [
      'a client',
      (yaml) => yaml.replace(/^ {4}test:\n(?: {6}.*\n)+/m, ''),
      ['docker_container.acme_node_config: delete+create'],
    ],
    [
      'the memory of node and Redis',
      (yaml) => `${yaml}\nlimits: { node: { memory: 512 }, redis: { memory: 256 } }\n`,
      ['docker_container.acme_node_container: update', 'docker_container.acme_redis_container: update'],
    ],
  ])('%s: neither node nor Redis', (_, change, expected) => {
    const changes = planOf(change);
    expect(changes).toEqual(expected);
    expect(changes.filter((line) => NODE_OR_REDIS.test(line) && line.includes('delete'))).toEqual([]);
  });

  it('an option of the node: the node alone', () => {
    expect(planOf((yaml) => `${yaml}\noptions: { verbosity: debug }\n`)).toEqual([
      'docker_container.acme_node_container: delete+create',
    ]);
  });

  it('the generation: all logins, and no node', () => {
    const changes = planOf((yaml) => `${yaml}\ngeneration: 2\n`);
    expect(changes.filter((line) => /^vault_(policy|approle)/.test(line)).length).toBeGreaterThanOrEqual(6);
    expect(changes.filter((line) => /acme_(node|redis|data)/.test(line))).toEqual([]);
  });
});

describe('applied edits', () => {
  it('a client is known without a new container, and a removed one isn’t any more', async () => {
    const before = containerIds('nuts-acme-node');
    succeed(nutsSaas('client', 'add', 'acme', 'second'));
    apply('tenant-acme');
    const bearer = token('acme', 'second');
    const status = async () => (await callApi('acme', '/internal/vdr/v2/subject', { bearer })).status;
    await eventually(async () => {
      expect(await status()).toBe(200);
    });
    succeed(nutsSaas('client', 'revoke', 'acme', 'second', '--yes'));
    apply('tenant-acme');
    await eventually(async () => {
      expect(await status()).toBe(401);
    });
    expect(containerIds('nuts-acme-node')['nuts-acme-node']).toBe(before['nuts-acme-node']);
  }, 180_000);

  it('a route is never missing while it is replaced', async () => {
    const undo = edit('tenants/acme.yaml', (yaml) =>
      yaml.replace('10.80.0.1', '10.80.0.1\n        - 203.0.113.7'),
    );
    const path = 'https://acme.saas.internal/.well-known/oauth-authorization-server';
    let failures = 0;
    let calls = 0;
    const progress = { done: false };
    const watcher = (async () => {
      while (!progress.done && calls < 1500) {
        calls++;
        const answer = await call(path).catch(() => undefined);
        if (!answer?.contentType.includes('json')) failures++;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    })();
    await new Promise<void>((resolve) => setTimeout(resolve, 200));
    const code = await new Promise((resolve) =>
      spawn('node', ['dist/cli/main.js', 'apply', 'tenant-acme', '--auto-approve'], {
        cwd: PROJECT,
        stdio: 'ignore',
      }).on('exit', resolve),
    );
    progress.done = true;
    await watcher;
    undo();
    apply('tenant-acme');
    expect(code).toBe(0);
    expect(calls).toBeGreaterThan(20);
    expect(failures).toBe(0);
  }, 180_000);

  it('a stopped carrier takes the tenant off within seconds, and a killed one doesn’t', async () => {
    const carrier = Object.keys(containerIds('nuts-beta-route'))[0] ?? '';
    const routed = async () =>
      (await call('https://beta.saas.internal/.well-known/oauth-authorization-server')).contentType.includes(
        'json',
      );
    process.kill(Number(docker('inspect', carrier, '--format', '{{.State.Pid}}')), 'SIGKILL');
    for (let look = 0; look < 10; look++) {
      expect(await routed()).toBe(true);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    await eventually(() => {
      expect(docker('inspect', carrier, '--format', '{{.State.Running}}')).toBe('true');
    });
    docker('stop', carrier);
    await eventually(async () => {
      expect(await routed()).toBe(false);
    }, 5);
    expect(nutsSaas('status').code).toBe(1);
    docker('start', carrier);
    await eventually(async () => {
      expect(await routed()).toBe(true);
    }, 10);
  }, 60_000);

  it('rearm gives new SecretIDs, and leaves node and plan as they were', async () => {
    const before = containerIds('nuts-acme-node');
    succeed(nutsSaas('tenant', 'rearm', 'acme'));
    await eventually(() => succeed(nutsSaas('status')));
    expect(containerIds('nuts-acme-node')).toEqual(before);
    synth();
    expect(plannedChanges('tenant-acme')).toEqual([]);
  }, 180_000);
});

describe('what stays for life', () => {
  it.each([
    [
      'url',
      (yaml: string) => yaml.replace('https://acme.saas.internal', 'https://nuts.acme-care.internal'),
      'url was "https://acme.saas.internal"',
    ],
    [
      'didMethods',
      (yaml: string) => yaml.replace(/didMethods: .*/, 'didMethods: [nuts, web]'),
      'didMethods was "web,nuts"',
    ],
  ])(
    '%s is refused a change, with the reason and the remedy',
    (_, change, reason) => {
      const before = containerIds('nuts-acme-');
      const undo = edit('tenants/acme.yaml', change);
      const apply = nutsSaas('apply', 'tenant-acme', '--auto-approve');
      // cdktf may end before it has printed all that Terraform said.
      const plan = terraform('tenant-acme', 'plan', '-input=false', '-lock=false', '-no-color');
      undo();
      expect([apply.code, plan.code]).toEqual([1, 1]);
      const text = plan.output.replaceAll(/(│|\s)+/g, ' ');
      expect(text).toContain(reason);
      expect(text).toContain('Put the old value back');
      expect(containerIds('nuts-acme-')).toEqual(before);
    },
    120_000,
  );

  it('a yaml that vanished is an error that names the tenant', () => {
    renameSync(gammaFile, `${gammaFile}.away`);
    const outcome = nutsSaas('apply');
    renameSync(`${gammaFile}.away`, gammaFile);
    expect(outcome.code).toBe(2);
    expect(outcome.output).toContain('tenants/gamma.yaml');
    expect(outcome.output).toContain('still exists');
    expect(outcome.output).toContain('state: removed');
  });

  it('no plan destroys data and keys', () => {
    synth();
    const { code, output } = destroyPlan('tenant-acme');
    expect(code).not.toBe(0);
    expect(output).toContain('Instance cannot be destroyed');
  }, 60_000);
});

describe('removing a tenant', () => {
  it('with one word takes everything but data, keys and what it is called', () => {
    writeFileSync(gammaFile, `${GAMMA}state: removed\n`);
    apply('platform', 'tenant-gamma');
    expect(containerIds('nuts-gamma-')).toEqual({});
    expect(
      docker('volume', 'ls', '--quiet', '--filter', 'label=nuts-saas.tenant=gamma').split('\n').sort(),
    ).toEqual(['nuts-gamma-node-data', 'nuts-gamma-redis-data']);
  }, 180_000);

  it('brings it back as it was', () => {
    writeFileSync(gammaFile, GAMMA);
    apply('platform', 'tenant-gamma');
    expect(succeed(nutsSaas('status')).stdout).toMatch(/^gamma +healthy/m);
  }, 180_000);

  it('with two words takes all of it', () => {
    writeFileSync(gammaFile, `${GAMMA}state: removed\nremoveData: gamma\n`);
    apply('platform', 'tenant-gamma');
    expect(docker('volume', 'ls', '--quiet', '--filter', 'label=nuts-saas.tenant=gamma')).toBe('');
    rmSync(gammaFile);
    apply('platform');
    expect(succeed(nutsSaas('status')).stdout).not.toContain('gamma');
  }, 180_000);
});

function destroyPlan(stack: string) {
  succeed(terraform(stack, 'init', '-input=false'));
  return terraform(stack, 'plan', '-destroy', '-input=false', '-lock=false');
}
