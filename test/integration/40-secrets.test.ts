import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { operatorTokenFile, vaultKeysFile } from '../../stacks/local-files';
import { docker, planJson, PROJECT, readMount, STACKS, terraform, vaultAsRoot } from './support/platform';

/** The parts of a secret that must be nowhere: lines long enough not to be there by chance. */
function needles(secret: unknown): string[] {
  return JSON.stringify(secret)
    .split(/\\n|"/)
    .filter((part) => part.length >= 20 && !part.startsWith('-----'));
}

const secrets: string[] = [];
const places: Record<string, string> = {};

beforeAll(async () => {
  const vault = await vaultAsRoot();
  for (const tenant of ['acme', 'beta']) {
    const keys = await readMount(vault, `nuts/${tenant}`, 'nuts-private-keys/');
    secrets.push(...Object.values(keys).flatMap(needles));
  }
  const { unsealKey } = JSON.parse(readFileSync(vaultKeysFile(PROJECT), 'utf8')) as { unsealKey: string };
  secrets.push(unsealKey, readFileSync(operatorTokenFile(PROJECT), 'utf8').trim());
  // What the sidecars hold: SecretIDs on disk, keys of certificates in memory.
  for (const [volume, file] of [
    ['nuts-acme-vault-proxy-state', 'secret_id'],
    ['nuts-acme-certificate-state', 'secret_id'],
    ['nuts-beta-vault-proxy-state', 'secret_id'],
    ['nuts-platform-proxy-tls-state', 'secret_id'],
    ['nuts-acme-certificate-files', 'node.pem'],
    ['nuts-platform-routes', 'platform-tls.yaml'],
  ] as const) {
    const content = docker(
      'run',
      '--rm',
      '--network',
      'none',
      '--user',
      '0',
      '--entrypoint',
      'cat',
      '--volume',
      `${volume}:/v:ro`,
      redisImage(),
      `/v/${file}`,
    );
    const key = /PRIVATE KEY-----([\s\S]*?)-----END/.exec(content)?.[1] ?? content;
    secrets.push(...key.split(/\s+/).filter((part) => part.length >= 20));
  }

  const state = join(PROJECT, '.nuts-saas', 'state');
  for (const file of readdirSync(state)) places[`state ${file}`] = readFileSync(join(state, file), 'utf8');
  for (const stack of STACKS) {
    places[`plan of ${stack}`] = JSON.stringify(planJson(stack));
    places[`synthesised ${stack}`] = readFileSync(
      join(PROJECT, 'cdktf.out', 'stacks', stack, 'cdk.tf.json'),
      'utf8',
    );
    places[`outputs of ${stack}`] = terraform(stack, 'output', '-json').output;
  }
  for (const name of docker('ps', '--all', '--format', '{{.Names}}').split('\n')) {
    places[`docker inspect ${name}`] = docker('inspect', name);
    places[`logs of ${name}`] = docker('logs', name);
    places[`processes of ${name}`] = processes(name);
  }
  for (const log of readdirSync(join(PROJECT, '.nuts-saas', 'logs')))
    places[`log ${log}`] = readFileSync(join(PROJECT, '.nuts-saas', 'logs', log), 'utf8');
}, 300_000);

it('looks for something', () => {
  expect(new Set(secrets).size).toBeGreaterThan(15);
  expect(Object.keys(places).length).toBeGreaterThan(40);
});

it('finds no secret in state, plans, containers, process arguments or logs', () => {
  const leaks = Object.entries(places).flatMap(([place, text]) =>
    secrets.some((secret) => text.includes(secret)) ? [place] : [],
  );
  expect(leaks).toEqual([]);
});

it('would find one: the check fails on a state with a key in it', () => {
  expect(secrets.some((secret) => `{"key":"${secrets[0] ?? ''}"}`.includes(secret))).toBe(true);
});

it('keeps in the state only wrapping tokens that are worth nothing any more', async () => {
  const vault = await vaultAsRoot();
  const tokens = Object.entries(places)
    .filter(([place]) => place.startsWith('state '))
    .flatMap(([, text]) => [...text.matchAll(/"wrapping_token": "([^"]+)"/g)].map(([, token]) => token));
  // Of each login, and as Terraform keeps the state before the last one, of logins that were renewed.
  expect(new Set(tokens).size).toBeGreaterThanOrEqual(4);
  for (const token of tokens)
    await expect(vault.call('PUT', 'sys/wrapping/unwrap', { token })).rejects.toThrow('400');
});

function redisImage(): string {
  return docker('inspect', 'nuts-acme-redis', '--format', '{{.Config.Image}}');
}

function processes(name: string): string {
  return docker('inspect', name, '--format', '{{.State.Running}}') === 'true'
    ? docker('top', name, '-eo', 'pid,args')
    : '';
}
