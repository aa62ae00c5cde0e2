import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPrivateFile } from '../../cli/vault/private-file';
import { VaultClient } from '../../cli/vault/vault-client';
import { operatorTokenFile } from '../../stacks/local-files';
import { ExtraTenant } from './support/extra-tenant';
import {
  containerIds,
  docker,
  edit,
  eventually,
  exec,
  nutsSaas,
  planJson,
  plannedChanges,
  PROJECT,
  run,
  succeed,
  synth,
  terraform,
} from './support/platform';

const gamma = new ExtraTenant(
  'gamma',
  `id: gamma
release: v6
url: https://gamma.saas.internal
didMethods: [web]
subnet: 10.81.0.64/28
sql: { type: postgres }
`,
);
const delta = new ExtraTenant(
  'delta',
  `id: delta
release: v6
url: https://delta.saas.internal
didMethods: [web]
subnet: 10.81.0.80/28
sql: { type: given }
`,
);

afterAll(() => {
  run('docker', ['rm', '--force', '--volumes', 'test-sql']);
  gamma.remove();
  delta.remove();
  synth();
  expect(containerIds('nuts-gamma-')).toEqual({});
  expect(containerIds('nuts-delta-')).toEqual({});
}, 300_000);

const POSTGRES = 'nuts-gamma-postgres';
const SOCKET = '/run/nuts-postgres';
const psql = (container: string, user: string, database: string, statement: string, osUser = '999:18081') =>
  run('docker', [
    ...['exec', '--user', osUser, container, 'psql', '--no-psqlrc', '--tuples-only', '--no-align'],
    ...['--host', SOCKET, '--username', user, '--dbname', database, '--command', statement],
  ]);

describe('a PostgreSQL of the tenant’s own', () => {
  let dids: string[];

  beforeAll(async () => {
    gamma.describe();
    gamma.apply();
    dids = await gamma.makeSubject('care');
  }, 300_000);

  it('has the node’s DIDs, and SQLite has nothing', () => {
    expect(dids).toEqual([expect.stringMatching(/^did:web:gamma\.saas\.internal:iam:/)]);
    expect(succeed(psql(POSTGRES, 'nuts', 'nuts', 'SELECT id FROM did')).stdout.trim()).toBe(dids[0]);
    expect(exec('nuts-gamma-node', 'ls', '/nuts/data').stdout).not.toContain('nuts.db');
  });

  it('is told by status, and leaves nothing to plan', () => {
    expect(succeed(nutsSaas('status')).stdout).toMatch(/^gamma +healthy/m);
    synth();
    expect(plannedChanges(gamma.stack)).toEqual([]);
  });

  it('has no network, and a socket that the node alone mounts', () => {
    const [inspected] = JSON.parse(docker('inspect', POSTGRES)) as [{ HostConfig: { NetworkMode: string } }];
    expect(inspected.HostConfig.NetworkMode).toBe('none');
    const users = docker(
      'ps',
      '--all',
      '--filter',
      'volume=nuts-gamma-postgres-socket',
      '--format',
      '{{.Names}}',
    );
    expect(users.split('\n').sort()).toEqual(['nuts-gamma-node', POSTGRES]);
  });

  const NODE_USER = '18081:18081';
  const ATTACKS: [string, string, string, string][] = [
    ['become the administrator', 'postgres', 'nuts', 'SELECT 1'],
    ['enter another database', 'nuts', 'postgres', 'SELECT 1'],
    ['run a program', 'nuts', 'nuts', "COPY (SELECT 1) TO PROGRAM 'id'"],
    ['read a file of the server', 'nuts', 'nuts', "SELECT pg_read_file('/postgres/data/PG_VERSION')"],
    ['make a user', 'nuts', 'nuts', 'CREATE ROLE other LOGIN SUPERUSER'],
    ['change the server', 'nuts', 'nuts', "ALTER SYSTEM SET listen_addresses = '*'"],
  ];

  it.each(ATTACKS)('the node’s user can’t %s', (_, user, database, statement) => {
    const answer = psql(POSTGRES, user, database, statement, NODE_USER);
    expect(answer.code).not.toBe(0);
    expect(answer.output).toMatch(/Peer authentication failed|rejects connection|permission denied|must be/);
  });

  it('would see it: a user with the administrator’s rights does all that the node’s can’t', () => {
    const admin = (statement: string) => succeed(psql(POSTGRES, 'postgres', 'postgres', statement));
    admin('ALTER ROLE nuts SUPERUSER');
    try {
      for (const [, user, database, statement] of ATTACKS.slice(2, 4))
        expect(psql(POSTGRES, user, database, statement, NODE_USER).code).toBe(0);
    } finally {
      admin('ALTER ROLE nuts NOSUPERUSER');
    }
  });

  it('keeps what it has acknowledged when it is killed', async () => {
    process.kill(Number(docker('inspect', POSTGRES, '--format', '{{.State.Pid}}')), 'SIGKILL');
    expect(await gamma.subjects()).toEqual({ care: dids });
  }, 120_000);

  it('can’t be left for another one: the plan says why', () => {
    const undo = edit('tenants/gamma.yaml', (yaml) => yaml.replace('type: postgres', 'type: sqlite'));
    synth();
    const plan = terraform(gamma.stack, 'plan', '-input=false', '-lock=false', '-no-color');
    undo();
    expect(plan.code).toBe(1);
    const text = plan.output.replaceAll(/(│|\s)+/g, ' ');
    expect(text).toContain('sql was "postgres" at its first apply and can\'t become "sqlite"');
    expect(text).toContain('start with an empty database');
  }, 60_000);
});

describe('a database that is given', () => {
  const FIRST = 'sentinel-first-4f9c2e7b';
  const SECOND = 'sentinel-second-8a1d6c3e';
  const connection = (password: string) =>
    `postgres://care:${password}@10.81.0.85:5432/postgres?sslmode=disable`;
  const setSecret = (value: string) =>
    run('sh', ['-c', 'printf "%s\\n" "$VALUE" | node dist/cli/main.js secret set delta sql'], {
      VALUE: value,
    });
  const sql = (statement: string) =>
    succeed(
      run('docker', [
        ...['exec', 'test-sql', 'psql', '--no-psqlrc', '--tuples-only', '--no-align'],
        ...['--host', '/tmp', '--username', 'care', '--dbname', 'postgres', '--command', statement],
      ]),
    ).stdout.trim();
  let dids: string[];

  beforeAll(() => {
    delta.describe();
  });

  it('is asked for before anything is made', () => {
    const outcome = nutsSaas('apply', delta.stack, '--auto-approve');
    expect(outcome.code).toBe(2);
    expect(outcome.output).toContain('tenant delta waits for a secret: how its SQL database is reached');
    expect(outcome.output).toContain('nuts-saas secret set delta sql');
    expect(containerIds('nuts-delta-')).toEqual({});
  });

  it.each([
    ['nothing', '', 'nothing came from standard input'],
    ['what is no connection', 'sentinel-wrong-77aa', "doesn't begin with one of postgres://"],
  ])('%s is refused, and not repeated', (_, value, message) => {
    const outcome = setSecret(value);
    expect(outcome.code).toBe(2);
    expect(outcome.output).toContain(message);
    expect(outcome.output).not.toContain('sentinel');
  });

  it('goes from standard input into Vault, and the node finds its database', async () => {
    const outcome = succeed(setSecret(connection(FIRST)));
    expect(outcome.output).toContain('is in Vault, as version 1');
    expect(outcome.output).not.toContain(FIRST);
    startDatabase(FIRST);
    await eventually(() => sql('SELECT 1'));
    delta.apply();
    dids = await delta.makeSubject('care');
    expect(sql('SELECT id FROM did')).toBe(dids[0]);
    expect(succeed(nutsSaas('status')).stdout).toMatch(/^delta +healthy/m);
  }, 300_000);

  it('who applies can’t read it back', async () => {
    const operator = new VaultClient('http://127.0.0.1:8200', readPrivateFile(operatorTokenFile(PROJECT)));
    await expect(operator.call('GET', 'tenants/delta/data/sql')).rejects.toThrow('403');
  });

  it('the node restarts on a new one by itself, in the same container', async () => {
    const before = containerIds('nuts-delta-node');
    sql(`ALTER ROLE care PASSWORD '${SECOND}'`);
    expect(succeed(setSecret(connection(SECOND))).output).toContain('as version 2');
    const file = ['exec', 'nuts-delta-node', 'cat', '/run/nuts-secrets/nuts.yaml'];
    await eventually(() => {
      expect(run('docker', file).stdout).toContain(SECOND);
    }, 90);
    // Sessions that are open outlive a change of the password.
    sql(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()",
    );
    await eventually(async () => {
      expect(await delta.subjects()).toEqual({ care: dids });
    });
    expect(containerIds('nuts-delta-node')).toEqual(before);
  }, 180_000);

  it('is in memory that only the node’s group reads', () => {
    const look = ['exec', 'nuts-delta-node', 'stat', '-c', '%a %u:%g', '/run/nuts-secrets/nuts.yaml'];
    expect(run('docker', look).stdout.trim()).toBe('440 0:18081');
    const volume = docker(
      'volume',
      'inspect',
      'nuts-delta-node-secrets-files',
      '--format',
      '{{.Options.type}}',
    );
    expect(volume).toBe('tmpfs');
  });

  it('is in no state, plan, container, process or log', () => {
    const leaks = Object.entries(places()).flatMap(([place, text]) =>
      [FIRST, SECOND].some((secret) => text.includes(secret)) ? [place] : [],
    );
    expect(leaks).toEqual([]);
  });

  it('would find it: a process with it among its arguments is seen', () => {
    run('docker', ['exec', '--detach', 'nuts-delta-node', 'sh', '-c', 'sleep 20', SECOND]);
    const leaks = Object.entries(places()).filter(([, text]) => text.includes(SECOND));
    expect(leaks.map(([place]) => place)).toEqual(['processes of nuts-delta-node']);
  });

  function places(): Record<string, string> {
    const found: Record<string, string> = {};
    const state = join(PROJECT, '.nuts-saas', 'state');
    for (const file of readdirSync(state)) found[`state ${file}`] = readFileSync(join(state, file), 'utf8');
    const logs = join(PROJECT, '.nuts-saas', 'logs');
    for (const file of readdirSync(logs)) found[`log ${file}`] = readFileSync(join(logs, file), 'utf8');
    synth();
    found.plan = JSON.stringify(planJson(delta.stack));
    for (const name of Object.keys(containerIds('nuts-delta-'))) {
      found[`docker inspect ${name}`] = docker('inspect', name);
      found[`logs of ${name}`] = run('docker', ['logs', name]).output;
      const runs = docker('inspect', name, '--format', '{{.State.Running}}') === 'true';
      found[`processes of ${name}`] = runs ? docker('top', name, '-eo', 'pid,args') : '';
    }
    return found;
  }

  /** A real PostgreSQL with a password, on the tenant's bridge: the only network from which the tenant's node reaches anything. */
  function startDatabase(password: string): void {
    synth();
    succeed(terraform(delta.stack, 'init', '-input=false'));
    const [network] = planJson(delta.stack)
      .resource_changes.map(({ address }) => address)
      .filter((address) => address.startsWith('docker_network.'));
    succeed(terraform(delta.stack, 'apply', '-auto-approve', '-input=false', `-target=${network ?? ''}`));
    const image = docker('inspect', POSTGRES, '--format', '{{.Config.Image}}');
    const script = [
      'umask 077; printf %s "$PASSWORD" > /tmp/pass',
      'initdb --pgdata=/tmp/data --username=care --pwfile=/tmp/pass --auth-host=scram-sha-256 --auth-local=trust',
      'echo "host all all all scram-sha-256" >> /tmp/data/pg_hba.conf',
      "exec postgres -D /tmp/data -c listen_addresses='*' -c unix_socket_directories=/tmp",
    ].join(' && ');
    docker(
      ...['run', '--detach', '--name', 'test-sql', '--network', 'nuts-delta-node', '--ip', '10.81.0.85'],
      ...['--user', '999:999', '--env', `PASSWORD=${password}`, '--entrypoint', 'sh', image, '-c', script],
    );
  }
});
