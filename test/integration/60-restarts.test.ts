import { callApi, call, token } from './support/https';
import {
  containerIds,
  docker,
  eventually,
  nutsSaas,
  plannedChanges,
  runningContainers,
  sandbox,
  STACKS,
  succeed,
  synth,
} from './support/platform';

interface Platform {
  readonly vault: string;
  readonly tenants: readonly { readonly healthy: boolean; readonly node: string; readonly keys: string }[];
}

let documents: string[];
let expected: string[];

async function didDocuments(): Promise<string[]> {
  const bearer = token('acme', 'test');
  const { body } = await callApi('acme', '/internal/vdr/v2/subject/care', { bearer });
  const dids = JSON.parse(body) as string[];
  const found = await Promise.all(
    dids.map(async (did) => (await callApi('acme', `/internal/vdr/v2/did/${did}`, { bearer })).body),
  );
  return found.map((text) => JSON.stringify((JSON.parse(text) as { document: unknown }).document)).sort();
}

async function everythingIsAsBefore(): Promise<void> {
  await eventually(() => {
    expect(runningContainers()).toEqual(expected);
  }, 90);
  await eventually(() => succeed(nutsSaas('status')), 90);
  await eventually(async () => {
    expect(await didDocuments()).toEqual(documents);
  });
  synth();
  for (const stack of STACKS)
    expect({ stack, changes: plannedChanges(stack) }).toEqual({ stack, changes: [] });
}

/** A new DID, to show that keys can still be made. */
async function canWrite(): Promise<void> {
  const answer = await callApi('acme', '/internal/vdr/v2/subject', {
    method: 'POST',
    bearer: token('acme', 'test'),
    body: {},
  });
  expect({ status: answer.status, body: answer.body.slice(0, 300) }).toMatchObject({ status: 200 });
}

beforeAll(async () => {
  documents = await didDocuments();
  expected = runningContainers();
  expect(documents).toHaveLength(2);
});

it('comes back after every container was restarted', async () => {
  docker('restart', '--time', '15', ...expected.filter((name) => name !== 'nuts-platform-vault'));
  docker('restart', 'nuts-platform-vault');
  succeed(nutsSaas('up'));
  await everythingIsAsBefore();
  await canWrite();
}, 400_000);

it('tells a sealed Vault from a dead node', async () => {
  docker('restart', 'nuts-platform-vault');
  const status = await eventually(() => {
    const outcome = nutsSaas('status', '--json');
    expect(outcome.code).toBe(1);
    const found = JSON.parse(outcome.stdout) as Platform;
    expect(found.vault).toBe('sealed');
    return found;
  });
  expect(status.tenants.map(({ node, keys }) => ({ node, keys }))).toEqual(
    Array.from({ length: 2 }, () => ({ node: 'ok', keys: 'Vault is sealed' })),
  );
  // The engine's own check says it too, and keeps the node running.
  await eventually(() => {
    const health = docker(
      'inspect',
      'nuts-acme-node',
      '--format',
      '{{range .State.Health.Log}}{{.Output}}{{end}}',
    );
    expect(health).toContain('Vault is sealed or out of reach');
  });
  expect(
    (await call('https://acme.saas.internal/.well-known/oauth-authorization-server')).contentType,
  ).toContain('json');

  const apply = nutsSaas('apply', 'tenant-acme', '--auto-approve');
  expect(apply.code).toBe(2);
  expect(apply.output).toContain('the local Vault is sealed');
  expect(apply.output).toContain('nuts-saas up');

  succeed(nutsSaas('up'));
  await everythingIsAsBefore();
}, 400_000);

it('comes back after every container was killed', async () => {
  for (const name of expected)
    process.kill(Number(docker('inspect', name, '--format', '{{.State.Pid}}')), 'SIGKILL');
  await eventually(() => {
    expect(runningContainers()).toContain('nuts-platform-vault');
  });
  succeed(nutsSaas('up'));
  await everythingIsAsBefore();
  await canWrite();
}, 400_000);

it('comes back after Docker itself restarted', async () => {
  const before = containerIds('nuts-');
  await sandbox.stopEngine();
  const without = nutsSaas('status');
  expect(without.code).toBe(2);
  expect(without.output).toContain("Docker isn't running");
  await sandbox.startEngine();
  await eventually(() => {
    expect(runningContainers()).toContain('nuts-platform-vault');
  });
  succeed(nutsSaas('up'));
  await everythingIsAsBefore();
  expect(containerIds('nuts-')).toEqual(before);
  await canWrite();
}, 400_000);
