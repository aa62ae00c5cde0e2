import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPrivateFile } from '../../cli/vault/private-file';
import { VaultClient } from '../../cli/vault/vault-client';
import { authorityFile, operatorTokenFile } from '../../stacks/local-files';
import { ExtraTenant } from './support/extra-tenant';
import {
  containerIds,
  docker,
  edit,
  eventually,
  nutsSaas,
  planJson,
  plannedChanges,
  PROJECT,
  run,
  succeed,
  synth,
} from './support/platform';

const sharing = (id: string, subnet: string) =>
  new ExtraTenant(
    id,
    `id: ${id}
release: v6
url: https://${id}.saas.internal
didMethods: [web, nuts]
subnet: ${subnet}
redis: { mode: shared }
`,
  );
const epsilon = sharing('epsilon', '10.81.0.96/28');
const zeta = sharing('zeta', '10.81.0.112/28');
const SERVER = 'nuts-platform-redis';

const json = (stack: string) =>
  readFileSync(join(PROJECT, 'cdktf.out', 'stacks', stack, 'cdk.tf.json'), 'utf8');

/** The password that a tenant's node uses now. */
function password(tenant: string): string {
  const file = succeed(
    run('docker', ['exec', `nuts-${tenant}-node`, 'cat', '/run/nuts-secrets/nuts.yaml']),
  ).stdout;
  const { storage } = JSON.parse(file) as { storage: { redis: { password: string } } };
  return storage.redis.password;
}

/** redis-cli with the credentials of a tenant's node, through its own tunnel. */
function redis(tenant: string, command: readonly string[], secret = password(tenant)): string {
  return run('docker', [
    ...['exec', '--env', `REDISCLI_AUTH=${secret}`, `test-redis-${tenant}`],
    ...[
      'redis-cli',
      '--no-auth-warning',
      '-s',
      '/run/redis/redis.sock',
      '--user',
      `nuts-${tenant}`,
      ...command,
    ],
  ]).output.trim();
}

let undoPlatform: () => void;
let dids: Record<string, string[]>;
let before: { epsilon: string; platform: string; containers: Record<string, string> };

beforeAll(async () => {
  undoPlatform = edit('platform.yaml', (yaml) => `${yaml}redis: { kind: own }\n`);
  epsilon.describe();
  succeed(nutsSaas('apply', 'platform', epsilon.stack, '--auto-approve'));
  before = {
    epsilon: json(epsilon.stack),
    platform: json('platform'),
    containers: { ...containerIds('nuts-epsilon-'), ...containerIds('nuts-platform-') },
  };
  zeta.describe();
  zeta.apply();
  dids = { epsilon: await epsilon.makeSubject('care'), zeta: await zeta.makeSubject('care') };
  const image = docker('inspect', SERVER, '--format', '{{.Config.Image}}');
  for (const tenant of ['epsilon', 'zeta'])
    docker(
      ...['run', '--detach', '--name', `test-redis-${tenant}`, '--network', 'none', '--user', '0:18081'],
      ...[
        '--volume',
        `nuts-${tenant}-redis-socket:/run/redis:ro`,
        '--entrypoint',
        'sleep',
        image,
        'infinity',
      ],
    );
}, 600_000);

afterAll(() => {
  run('docker', ['rm', '--force', '--volumes', 'test-redis-epsilon', 'test-redis-zeta']);
  epsilon.remove();
  zeta.remove();
  undoPlatform();
  succeed(nutsSaas('apply', 'platform', '--auto-approve'));
  synth();
  for (const prefix of ['nuts-epsilon-', 'nuts-zeta-', SERVER]) expect(containerIds(prefix)).toEqual({});
}, 300_000);

const both = [
  ['epsilon', 'zeta'],
  ['zeta', 'epsilon'],
] as const;

describe('two tenants that share a Redis', () => {
  it.each(['epsilon', 'zeta'])('%s has its did:nuts there', (tenant) => {
    const did = dids[tenant]?.find((one) => one.startsWith('did:nuts:')) ?? '';
    const hex = Buffer.from(did).toString('hex');
    expect(redis(tenant, ['scan', '0', 'match', `*${hex}*`, 'count', '10000'])).toMatch(
      new RegExp(`^${tenant}_vdr_didstore:\\w+\\.${hex}`, 'm'),
    );
  });

  it('are told by status, and leave nothing to plan', () => {
    expect(succeed(nutsSaas('status')).stdout).toMatch(/^zeta +healthy/m);
    synth();
    for (const stack of ['platform', epsilon.stack, zeta.stack]) expect(plannedChanges(stack)).toEqual([]);
  });

  it('came one by one: the second changed no byte, and no container, of the first and of the platform', () => {
    expect(json(epsilon.stack)).toBe(before.epsilon);
    expect(json('platform')).toBe(before.platform);
    expect({ ...containerIds('nuts-epsilon-'), ...containerIds('nuts-platform-') }).toEqual(
      before.containers,
    );
  });
});

describe.each(both)('what %s can’t do to %s', (from, to) => {
  const REFUSED = /^(\(error\) )?(NOPERM|ERR.*(can't access|can't run|command not allowed)|.*ACL failure)/m;

  beforeAll(() => {
    for (const key of [`${to}_test`, `lock_${to}_test`, `${to}.test`])
      expect(redis(to, ['set', key, `of ${to}`])).toBe('OK');
    expect(redis(from, ['set', `${from}_test`, `of ${from}`])).toBe('OK');
  });

  const attacks: string[][] = [
    ['get', `${to}_test`],
    ['get', `lock_${to}_test`],
    ['get', `${to}.test`],
    ['set', `${to}_test`, 'x'],
    ['set', `lock_${to}_test`, 'x'],
    ['set', `${to}.test`, 'x'],
    ['set', 'other', 'x'],
    ['del', `${to}_test`],
    ['mget', `${from}_test`, `${to}_test`],
    ['eval', "return redis.call('get', KEYS[1])", '1', `${to}_test`],
    ['eval', `return redis.call('get', '${to}_test')`, '0'],
    ['eval', "return redis.call('keys', '*')", '0'],
    ['eval', "return redis.call('flushall')", '0'],
    ...[
      `dump ${to}_test`,
      `restore ${to}_test 0 x`,
      `copy ${to}_test ${from}_x`,
      `rename ${to}_test ${from}_x`,
      `type ${to}_test`,
      `exists ${to}_test`,
      `ttl ${to}_test`,
      `object encoding ${to}_test`,
      `getdel ${to}_test`,
      `append ${to}_test x`,
      `expire ${to}_test 1`,
      `unlink ${to}_test`,
      `memory usage ${to}_test`,
      `watch ${to}_test`,
      'flushall',
      'flushdb',
      'keys *',
      'randomkey',
      'dbsize',
      'config get *',
      'config set requirepass x',
      'acl list',
      'acl setuser x on nopass +@all ~*',
      'acl log',
      'monitor',
      'debug sleep 0',
      'select 1',
      'swapdb 0 1',
      `migrate 127.0.0.1 1 ${to}_test 0 10`,
      'move x 1',
      'subscribe x',
      'psubscribe *',
      'publish x y',
      'client list',
      'client kill id 1',
      'client no-evict on',
      'script flush',
      'script kill',
      'function list',
      'function flush',
      'module list',
      'info',
      'save',
      'bgsave',
      'bgrewriteaof',
      'shutdown nosave',
      'replicaof 127.0.0.1 1',
      'slowlog get',
      'latency doctor',
      'cluster nodes',
      'failover',
      'lastsave',
    ].map((command) => command.split(' ')),
  ];

  it.each(attacks.map((command) => [command.join(' '), command] as const))('%s', (_, command) => {
    expect(redis(from, command)).toMatch(REFUSED);
  });

  it('be it', () => {
    const asOther = (secret: string) =>
      run('docker', [
        ...['exec', '--env', `REDISCLI_AUTH=${secret}`, `test-redis-${from}`],
        ...['redis-cli', '--no-auth-warning', '-s', '/run/redis/redis.sock', '--user', `nuts-${to}`, 'ping'],
      ]).output;
    expect(asOther(password(from))).toContain('WRONGPASS');
    for (const user of ['default', 'administrator'])
      expect(redis(from, ['auth', user, password(from)])).toContain('WRONGPASS');
  });

  it('and nothing of it was touched', () => {
    expect(redis(to, ['mget', `${to}_test`, `lock_${to}_test`, `${to}.test`]).split('\n')).toEqual([
      `of ${to}`,
      `of ${to}`,
      `of ${to}`,
    ]);
  });

  it('but see the names of its keys, which the synthesis warns of', () => {
    expect(redis(from, ['scan', '0', 'match', `${to}_*`, 'count', '10000'])).toContain(`${to}_test`);
    synth();
    expect(
      JSON.stringify(JSON.parse(readFileSync(join(PROJECT, 'cdktf.out', 'manifest.json'), 'utf8'))),
    ).toContain(`tenant ${from} shares a Redis`);
  });
});

describe('the server', () => {
  const onNetwork = (...args: string[]) =>
    run('docker', [
      ...['run', '--rm', '--network', SERVER, '--volume', `${authorityFile(PROJECT)}:/ca.pem:ro`],
      ...['--entrypoint', 'redis-cli', docker('inspect', SERVER, '--format', '{{.Config.Image}}')],
      ...['-h', '10.80.2.2', ...args],
    ]).output;

  it('lets nobody do anything without a password', () => {
    const sni = ['--sni', 'nuts-platform-redis.saas.internal'];
    expect(onNetwork('--tls', '--cacert', '/ca.pem', ...sni, 'get', 'epsilon_test')).toContain('NOAUTH');
  });

  it('speaks TLS only, with a certificate that not everybody trusts', () => {
    expect(onNetwork('ping')).not.toContain('NOAUTH');
    expect(onNetwork('--tls', '--cacertdir', '/etc/ssl/certs', 'ping')).toMatch(/certificate verify failed/i);
  });

  it('can’t be reached from a tenant’s bridge', () => {
    const answer = run('docker', [
      'exec',
      'nuts-epsilon-node',
      'curl',
      '--max-time',
      '3',
      'telnet://10.80.2.2:6379',
    ]);
    expect(answer.code).not.toBe(0);
    expect(answer.output).toMatch(/timed out|refused|unreachable/i);
  });

  it('keeps what it has acknowledged when it is killed', async () => {
    process.kill(Number(docker('inspect', SERVER, '--format', '{{.State.Pid}}')), 'SIGKILL');
    await eventually(() => {
      expect(redis('zeta', ['get', 'zeta_test'])).toBe('of zeta');
    });
    expect(Object.keys(await zeta.subjects())).toEqual(['care']);
  }, 120_000);
});

describe('a widened rule', () => {
  const operator = new VaultClient('http://127.0.0.1:8200', readPrivateFile(operatorTokenFile(PROJECT)));
  const path = 'nuts.redis/data/users/epsilon';
  const widen = async (rules: string) => {
    const { data } = await operator.call<{ data: { data: object } }>('GET', path);
    await operator.call('PUT', path, { data: { ...data.data, rules } });
  };

  it('is seen by these tests, and the next apply puts it right', async () => {
    await widen('resetchannels ~* +@all');
    await eventually(() => {
      expect(redis('epsilon', ['get', 'zeta_test'])).toBe('of zeta');
      expect(redis('epsilon', ['keys', 'zeta.*'])).toContain('zeta.test');
    });
    epsilon.apply();
    await eventually(() => {
      expect(redis('epsilon', ['get', 'zeta_test'])).toContain('NOPERM');
    });
  }, 180_000);

  it('that can’t be read changes nothing for anybody, and is told', async () => {
    await widen('~epsilon_* +nosuchcommand');
    await eventually(() => {
      expect(run('docker', ['logs', SERVER]).output).toContain('ALARM the users were not loaded');
    });
    for (const tenant of ['epsilon', 'zeta'])
      expect(redis(tenant, ['get', `${tenant}_test`])).toBe(`of ${tenant}`);
    epsilon.apply();
  }, 180_000);
});

describe('passwords', () => {
  it('can’t be read by who applies', async () => {
    const operator = new VaultClient('http://127.0.0.1:8200', readPrivateFile(operatorTokenFile(PROJECT)));
    await expect(operator.call('GET', 'nuts.redis/data/passwords/epsilon/1')).rejects.toThrow('403');
  });

  it('change in two steps, and the node goes on in its container', async () => {
    const node = containerIds('nuts-epsilon-node');
    const old = password('epsilon');
    edit('tenants/epsilon.yaml', (yaml) => yaml.replace('mode: shared', 'mode: shared, passwords: [1, 2]'));
    epsilon.apply();
    await eventually(() => {
      expect(password('epsilon')).not.toBe(old);
    });
    await eventually(() => {
      for (const secret of [old, password('epsilon')])
        expect(redis('epsilon', ['ping'], secret)).toBe('PONG');
    });
    edit('tenants/epsilon.yaml', (yaml) => yaml.replace('[1, 2]', '[2]'));
    epsilon.apply();
    await eventually(() => {
      expect(redis('epsilon', ['ping'], old)).toContain('WRONGPASS');
    });
    expect(redis('epsilon', ['ping'])).toBe('PONG');
    await eventually(async () => {
      expect(await epsilon.makeSubject(`after-${Date.now()}`)).toHaveLength(2);
    });
    expect(containerIds('nuts-epsilon-node')['nuts-epsilon-node']).toBe(node['nuts-epsilon-node']);
    synth();
    expect(plannedChanges(epsilon.stack)).toEqual([]);
  }, 300_000);

  it('are in no state, plan, container, process or log', () => {
    const secrets = ['epsilon', 'zeta'].map(password);
    expect(secrets).toEqual([
      expect.stringMatching(/^[0-9a-f]{64}$/),
      expect.stringMatching(/^[0-9a-f]{64}$/),
    ]);
    const places: Record<string, string> = {};
    const state = join(PROJECT, '.nuts-saas', 'state');
    for (const file of readdirSync(state)) places[`state ${file}`] = readFileSync(join(state, file), 'utf8');
    for (const stack of ['platform', epsilon.stack, zeta.stack])
      places[`plan ${stack}`] = JSON.stringify(planJson(stack));
    const prefixes = ['nuts-epsilon-', 'nuts-zeta-', 'nuts-platform-'];
    for (const name of prefixes.flatMap((prefix) => Object.keys(containerIds(prefix)))) {
      places[`inspect ${name}`] = docker('inspect', name);
      places[`logs ${name}`] = run('docker', ['logs', name]).output;
      const runs = docker('inspect', name, '--format', '{{.State.Running}}') === 'true';
      places[`processes ${name}`] = runs ? docker('top', name, '-eo', 'pid,args') : '';
    }
    const leaks = Object.entries(places).filter(([, text]) =>
      secrets.some((secret) => text.includes(secret)),
    );
    expect(leaks.map(([place]) => place)).toEqual([]);
  });
});
