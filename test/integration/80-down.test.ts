import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { containerIds, docker, nutsSaas, PROJECT, succeed } from './support/platform';

const LABEL = 'label=nuts-saas.platform=nuts';

it('asks first: without an answer nothing is removed', () => {
  const before = containerIds('');
  const outcome = nutsSaas('down');
  expect(outcome.code).toBe(2);
  expect(outcome.output).toContain('nuts-acme-redis-data');
  expect(outcome.output).toContain('--yes');
  expect(succeed(nutsSaas('down', '--dry-run')).stdout).toContain('nuts-platform-vault');
  expect(containerIds('')).toEqual(before);
});

it('removes what up made, and nothing else', () => {
  const image = docker('inspect', 'nuts-platform-egress', '--format', '{{.Config.Image}}');
  const tables = () => {
    const nft = ['--network', 'host', '--cap-add', 'NET_ADMIN', '--entrypoint', 'nft', image];
    return docker('run', '--rm', ...nft, 'list', 'tables');
  };
  expect(tables()).toContain('nuts_egress');
  succeed(nutsSaas('down', '--yes'));
  expect(tables()).not.toContain('nuts_egress');
  expect(docker('ps', '--all', '--quiet')).toBe('');
  expect(docker('volume', 'ls', '--quiet')).toBe('neighbour');
  expect(docker('network', 'ls', '--format', '{{.Name}}').split('\n').sort()).toEqual([
    'bridge',
    'host',
    'neighbour',
    'none',
  ]);
  expect(docker('network', 'ls', '--quiet', '--filter', LABEL)).toBe('');
  for (const file of ['state', 'vault', 'platform-ca.pem'])
    expect(existsSync(join(PROJECT, '.nuts-saas', file))).toBe(false);
  expect(existsSync(join(PROJECT, '.nuts-saas', 'clients', 'acme', 'test.pem'))).toBe(true);
}, 120_000);

it('says so when there is nothing', () => {
  expect(succeed(nutsSaas('down', '--yes')).stdout).toContain('nothing');
});
