import { type ContainerDetails, Engine } from '../../../cli/engine';
import type { Duel } from '../../../cli/prove-isolation/live/attack';
import { FILES } from '../../../cli/prove-isolation/live/attacks/files';
import { runAttacks } from '../../../cli/prove-isolation/live/run-attacks';
import { PlatformNames, TenantHosts } from '../../../lib/names';
import { completeTenant } from '../../../stacks/config/tenant-checks';
import { tenantFile } from '../../../stacks/config/tenant-config';
import { project } from './project';

const names = new PlatformNames('nuts');

function container(id: string, change: Partial<ContainerDetails> = {}): ContainerDetails {
  return {
    name: names.tenant(id).of('node'),
    image: 'nuts-node',
    tenant: id,
    running: true,
    user: '18081:18081',
    environment: [],
    networks: [{ name: names.tenant(id).of('node'), address: '10.81.0.2', gateway: '10.81.0.1' }],
    mounts: [
      { type: 'volume', source: names.tenant(id).of('vault-socket'), target: '/run/vault', writable: false },
      { type: 'volume', source: names.of('routes'), target: '/routes', writable: true },
    ],
    networkMode: names.tenant(id).of('node'),
    foreignNamespaces: [],
    privileged: false,
    readOnlyRoot: true,
    droppedCapabilities: ['ALL'],
    addedCapabilities: [],
    securityOptions: ['no-new-privileges:true'],
    devices: 0,
    ...change,
  };
}

async function successes(change: Partial<ContainerDetails>, platform: Partial<ContainerDetails> = {}) {
  const side = (id: string, changed: Partial<ContainerDetails>) => ({
    tenant: completeTenant(
      tenantFile.parse({
        id,
        release: 'v6',
        url: `https://${id}.saas.internal`,
        didMethods: ['web'],
        subnet: '10.81.0.16/28',
      }),
      project().platform,
    ),
    names: names.tenant(id),
    hosts: new TenantHosts(id, 'saas.internal'),
    publicHost: `${id}.saas.internal`,
    containers: [container(id, changed)],
  });
  const duel: Duel = {
    project: project(),
    engine: new Engine('nuts'),
    surroundings: {
      proxy: { address: '127.0.0.1', httpsPort: 443, grpcPort: 5555 },
      platform: [container('nobody', { name: names.of('proxy'), networkMode: 'host', ...platform })],
    },
    from: side('alfa', change),
    to: side('bravo', {}),
  };
  const attacks = await runAttacks(FILES, duel);
  return attacks
    .filter(({ outcome }) => outcome !== 'blocked')
    .map(({ id, outcome, evidence }) => [id, outcome, evidence]);
}

const volume = (source: string) => ({ type: 'volume', source, target: '/x', writable: false });
const bind = (source: string, writable: boolean) => ({ type: 'bind', source, target: '/x', writable });

it('finds nothing in containers as they should be', async () => {
  expect(await successes({})).toEqual([]);
});

it.each<[string, Partial<ContainerDetails>, string, string]>([
  ['a privileged container', { privileged: true }, 'privileges nuts-alfa-node', 'privileged'],
  ['a path of the host', { mounts: [bind('/etc', false)] }, 'host paths nuts-alfa-node', '/etc'],
  ['a device', { devices: 1 }, 'devices nuts-alfa-node', 'devices'],
  ["the host's processes", { foreignNamespaces: ['host'] }, 'namespaces nuts-alfa-node', 'host'],
  ["the host's network", { networkMode: 'host' }, 'namespaces nuts-alfa-node', 'host'],
  ["another's network", { networkMode: 'container:1' }, 'namespaces nuts-alfa-node', 'container:1'],
  ['a capability', { addedCapabilities: ['NET_RAW'] }, 'capabilities nuts-alfa-node', 'NET_RAW'],
  ['capabilities kept', { droppedCapabilities: [] }, 'capabilities nuts-alfa-node', 'not all were dropped'],
  ['a writable root', { readOnlyRoot: false }, 'writable root nuts-alfa-node', 'the root is writable'],
  ['new privileges', { securityOptions: [] }, 'new privileges nuts-alfa-node', 'set-user-id'],
])('finds %s', async (_, change, id, evidence) => {
  expect(await successes(change)).toEqual([[`files/${id}`, 'succeeded', evidence]]);
});

it("finds another's Vault socket, as a shared volume too", async () => {
  expect(await successes({ mounts: [volume('nuts-bravo-vault-socket')] })).toEqual([
    ['files/shared volumes', 'succeeded', 'nuts-bravo-vault-socket'],
    ['files/vault socket', 'succeeded', 'nuts-alfa-node'],
  ]);
});

it('finds a network of another', async () => {
  const networks = [{ name: 'nuts-bravo-node', address: '10.81.0.3', gateway: '10.81.0.1' }];
  expect(await successes({ networks })).toEqual([['files/shared networks', 'succeeded', 'nuts-bravo-node']]);
});

it.each([
  ['Docker’s socket', bind('/var/run/docker.sock', false)],
  ['a writable path', bind('/srv', true)],
])('finds %s in the hands of what tenants share', async (_, mount) => {
  expect(await successes({}, { mounts: [mount] })).toEqual([
    ['files/platform host paths', 'succeeded', `${mount.source} in nuts-platform-proxy`],
  ]);
});

it('lets what tenants share read files that it was given', async () => {
  expect(await successes({}, { mounts: [bind('/etc/tls.crt', false)] })).toEqual([]);
});

it('proves nothing where it finds no container', async () => {
  const found = await successes({ mounts: [] });
  expect(found.every(([, outcome]) => outcome === 'not run')).toBe(true);
  expect(found.length).toBeGreaterThan(5);
});
