import { NutsPlatform, Vault, type NutsPlatformProps } from '../../../lib';
import { environmentOf, started, nameOf } from '../../contract/support/containers';
import { synthesiseStack } from '../../contract/support/synthesise';

const LOCAL: NutsPlatformProps = {
  environment: 'development',
  domain: 'care.internal',
  vault: Vault.fromSubnet('10.80.1.0/24'),
  edgeSubnet: '10.80.0.0/29',
};
const ELSEWHERE = { address: 'https://10.5.0.2:8200', clientAddresses: ['192.0.2.0/24'] };
const platform = (props: Partial<NutsPlatformProps>) =>
  synthesiseStack('platform', (stack) => {
    new NutsPlatform(stack, 'platform', { ...LOCAL, ...props });
  });
const audit = (props: Partial<NutsPlatformProps>) =>
  platform(props)
    .resources('vault_audit')
    .map(({ values }) => [values.path, values.options]);

test('a local Vault has two audit devices, one of them without a disk of Vault’s', () => {
  expect(audit({})).toEqual([
    ['nuts-file', { file_path: '/vault/audit/audit.log' }],
    ['nuts-output', { file_path: 'stdout' }],
  ]);
});

test('a Vault elsewhere has none of the platform, unless it says where', () => {
  const vaultSubnet = '10.80.1.0/24';
  expect(audit({ vault: Vault.fromAddress(ELSEWHERE), vaultSubnet })).toEqual([]);
  const vault = Vault.fromAddress({ ...ELSEWHERE, auditFile: '/var/log/nuts.log' });
  expect(audit({ vault, vaultSubnet })[0]).toEqual(['nuts-file', { file_path: '/var/log/nuts.log' }]);
});

test('everything else that a stack makes in Vault waits for them', () => {
  const stack = platform({});
  const device = `vault_audit.${stack.resource('vault_audit', 'audit/output').id}`;
  const others = stack.resources().filter(({ type }) => type.startsWith('vault_') && type !== 'vault_audit');
  expect(others.length).toBeGreaterThan(8);
  for (const { path, values } of others)
    expect({ path, waits: (values.depends_on as string[]).includes(device) }).toEqual({ path, waits: true });
});

test('logins have a rate limit', () => {
  const [limit] = platform({}).resources('vault_quota_rate_limit');
  expect(limit?.values).toMatchObject({ name: 'nuts.login', rate: 100 });
});

test('without the tenants’ subnets there are no rules, since nobody could be told from anybody', () => {
  expect(started(platform({})).map(nameOf)).not.toContain('nuts-platform-egress');
});

test('with them, the rules are for this platform', () => {
  const stack = platform({
    tenantSubnets: '10.81.0.0/16',
    egress: {
      outboundLimit: 60,
      exceptions: [{ to: '10.0.0.5', port: 5432, reason: '${file("/etc/passwd")}' }],
    },
  });
  const { TABLE, RULES } = environmentOf(stack.resource('docker_container', 'egress/container/Resource'));
  expect(TABLE).toBe('nuts_egress');
  expect(RULES).toContain('ip saddr 10.81.0.0/16 goto tenant');
  expect(RULES).toContain('ip daddr 10.80.0.1 tcp dport { 443, 5555 } goto leave');
  expect(RULES).toContain('ip saddr 10.80.1.0/24 goto sidecar');
  expect(RULES).toContain('ip daddr 10.80.1.2 tcp dport 8200 accept');
  expect(RULES).toContain('limit rate over 60/minute');
  expect(RULES).toContain('ip daddr 10.0.0.5/32 tcp dport 5432 goto leave');
  // Terraform would read the file.
  expect(RULES).toContain('# $${file');
});

test('sidecars of a Vault elsewhere are held to that Vault', () => {
  const stack = platform({
    vault: Vault.fromAddress(ELSEWHERE),
    vaultSubnet: '10.80.1.0/24',
    tenantSubnets: '10.81.0.0/16',
  });
  const { RULES } = environmentOf(stack.resource('docker_container', 'egress/container/Resource'));
  expect(RULES).toContain('ip daddr 10.5.0.2 tcp dport 8200 accept');
});
