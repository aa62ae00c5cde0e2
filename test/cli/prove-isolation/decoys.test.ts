import { DECOY_IDS, decoys } from '../../../cli/prove-isolation/live/decoy-configuration';
import type { Attack } from '../../../cli/prove-isolation/report';
import { chosenGroups, pairs, worstOfEach } from '../../../cli/prove-isolation/live/prove-live';
import { TenantNames, TENANT_PARTS } from '../../../lib/names';
import { Subnet } from '../../../lib/subnet';
import { completeTenant } from '../../../stacks/config/tenant-checks';
import { tenantFile } from '../../../stacks/config/tenant-config';
import { project } from './project';

const tenant = (id: string, subnet: string) =>
  completeTenant(
    tenantFile.parse({
      id,
      release: 'v6',
      url: `https://${id}.saas.internal`,
      didMethods: ['web'],
      subnet,
    }),
    project().platform,
  );

it('gives the decoys subnets that nobody has', () => {
  const taken = [tenant('acme', '10.81.0.0/28'), tenant('beta', '10.81.0.16/28')];
  const subnets = [...taken, ...decoys(project(taken)).map((decoy) => decoy.tenant)].map(({ subnet }) =>
    Subnet.parse(subnet),
  );
  for (const [index, one] of subnets.entries())
    for (const other of subnets.slice(index + 1)) expect(one.overlaps(other)).toBe(false);
});

it('gives each decoy a key of its own, and a new one each time', () => {
  const keys = [...decoys(project()), ...decoys(project())].map(({ client }) => client.publicKey);
  expect(new Set(keys).size).toBe(4);
});

it('calls one decoy as the other begins, and yet shares no name between them', () => {
  const [one, other] = DECOY_IDS;
  expect(other.startsWith(one)).toBe(true);
  const names = (id: string) => TENANT_PARTS.map((part) => new TenantNames('nuts', id).of(part));
  expect(names(one).filter((name) => names(other).includes(name))).toEqual([]);
});

it('fails when a customer has the name of a decoy, and says what then', () => {
  expect(() => decoys(project([tenant('decoy', '10.81.0.16/28')]))).toThrow(
    /tenant decoy has the name of a decoy\n {2}→ .*without --live/,
  );
});

it('fails when there is no room', () => {
  const full = project([tenant('acme', '10.81.0.0/28')], 'networks: { tenants: 10.81.0.0/28 }\n');
  expect(() => decoys(full)).toThrow(/no room for two decoy tenants/);
});

it.each([
  [1, 0],
  [2, 2],
  [3, 6],
  [200, 400],
])('lets %d tenants fight %d duels', (tenants, duels) => {
  const all = Array.from({ length: tenants }, (_, index) => index);
  const fought = pairs(all);
  expect(fought).toHaveLength(duels);
  expect(new Set(fought.map(String)).size).toBe(duels);
  for (const [from, to] of fought) expect(from).not.toBe(to);
});

it('chooses groups by name, and knows which there are', () => {
  expect(new Set(chosenGroups({ only: ['vault'] }).map(({ name }) => name))).toEqual(new Set(['vault']));
  expect(() => chosenGroups({ only: ['valt'] })).toThrow(/no attacks called "valt"\n.*known are: .*vault/);
});

it('keeps the worst of what an attack came to at several addresses', () => {
  const attack = (outcome: Attack['outcome'], id = 'network/connect node:8080'): Attack => ({
    ...{ id, group: 'network', from: 'acme', to: 'beta', description: '', evidence: '' },
    outcome,
  });
  expect(
    worstOfEach([
      ...[attack('blocked'), attack('succeeded'), attack('not run'), attack('blocked')],
      ...[attack('blocked', 'other'), attack('not run', 'other')],
    ]),
  ).toEqual([attack('succeeded'), attack('not run', 'other')]);
});
