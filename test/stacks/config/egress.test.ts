import { addStacks } from '../../../stacks/add-stacks';
import { environmentOf } from '../../contract/support/containers';
import { stackNamed, stacksOf, testApp } from '../../contract/support/synthesise';
import { ACME, BETA, load, PLATFORM, problemsOf } from './fixture';

const TENANTS = { 'tenants/acme.yaml': ACME, 'tenants/beta.yaml': BETA };
const allow = (exception: string) => `${PLATFORM}egress:\n  allow:\n    - ${exception}\n`;
const problems = (exception: string) => problemsOf({ ...TENANTS, 'platform.yaml': allow(exception) });

const REASON = 'reason: the database of the customer';

test.each([
  [`{ to: 10.0.0.5, port: 5432, ${REASON} }`],
  [`{ to: 10.0.0.0/24, port: 123, protocol: udp, ${REASON} }`],
  [`{ to: 10.0.0.5/32, port: 5432, tenants: [acme, beta], ${REASON} }`],
])('%s is fine', (exception) => {
  expect(problems(exception)).toEqual([]);
});

// prettier-ignore
test.each([
  ['to', `{ to: 10.0.0.5/24, port: 1, ${REASON} }`, 'is not the start', 'write 10.0.0.0/24'],
  ['to', `{ to: 0.0.0.0/0, port: 1, ${REASON} }`, 'lets nearly everyone', 'list the addresses'],
  ['to', `{ to: vault.care.nl, port: 1, ${REASON} }`, 'is not an IPv4 subnet', 'write it like'],
  ['to', `{ to: 10.81.0.34, port: 8080, ${REASON} }`, 'networks.tenants', 'public hosts'],
  ['to', `{ to: 10.80.0.0/16, port: 8200, ${REASON} }`, 'networks.edge', 'outside of the platform'],
  ['port', `{ to: 10.0.0.5, ${REASON} }`, 'is missing', 'add port'],
  ['reason', '{ to: 10.0.0.5, port: 1 }', 'is missing', 'add reason'],
  ['reason', '{ to: 10.0.0.5, port: 1, reason: needed }', 'does not say why', 'what needs this'],
  ['tenants.0', `{ to: 10.0.0.5, port: 1, tenants: [acne], ${REASON} }`, 'is not a tenant', 'did you mean acme?'],
  ['tenants.0', `{ to: 10.0.0.5, port: 1, tenants: [zzzzzz], ${REASON} }`, 'is not a tenant', 'write the id'],
  ['protcol', `{ to: 10.0.0.5, port: 1, protcol: udp, ${REASON} }`, 'is not a key', 'did you mean protocol?'],
])('%s of %s is refused', (key, exception, message, remedy) => {
  const [problem, ...more] = problems(exception);
  expect(more).toEqual([]);
  expect(problem).toMatchObject({
    key: `egress.allow.0.${key}`,
    line: 5,
    message: expect.stringContaining(message) as string,
    remedy: expect.stringContaining(remedy) as string,
  });
});

test('an exception for tenants is one for their subnets', () => {
  const app = testApp();
  const platform = `${allow(`{ to: 10.0.0.5, port: 5432, tenants: [beta], ${REASON} }`)}  outboundLimit: 60\n`;
  addStacks(app, load({ ...TENANTS, 'platform.yaml': platform }));
  const { RULES } = environmentOf(
    stackNamed(stacksOf(app), 'platform').resource('docker_container', 'egress/container/Resource'),
  );
  expect(RULES).toContain('# the database of the customer');
  expect(RULES).toContain('ip saddr { 10.81.0.32/28 } ip daddr 10.0.0.5/32 tcp dport 5432 goto leave');
  expect(RULES).toContain('limit rate over 60/minute');
});
