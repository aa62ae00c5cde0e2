import { Subnet } from '../../../lib/subnet';
import { freeSubnet } from '../../../stacks/config/free-subnet';
import { completeTenant } from '../../../stacks/config/tenant-checks';
import { type TenantConfig, tenantFile } from '../../../stacks/config/tenant-config';
import { newKeyPair } from '../../client/key-pair';
import { callableProxyAddress, type Project } from '../../project';
import { UserError } from '../../user-error';
import type { PartyClient } from './party';

/** A tenant that exists only to attack another, and to be attacked. */
export interface Decoy {
  readonly tenant: TenantConfig;
  readonly client: PartyClient;
}

// The one begins as the other does, and so do their names, paths and keys: a pattern that says too little fits both.
export const DECOY_IDS = ['decoy', 'decoy-b'] as const;

/**
 * Two tenants that no file describes, on subnets that nobody has. They have both DID methods, and so every container that a tenant
 * can have, and an API that this machine may call, so that attacks on it get as far as the node.
 *
 * @throws UserError when a tenant has the name of one, or the pool has no room for two
 */
export function decoys(project: Project): [Decoy, Decoy] {
  const { platform, tenants } = project;
  const taken = tenants.find(({ id }) => (DECOY_IDS as readonly string[]).includes(id));
  if (taken !== undefined)
    throw new UserError(
      `tenant ${taken.id} has the name of a decoy`,
      'attacks between decoys need that name; run without --live where it belongs to a customer',
    );
  const pool = Subnet.parse(platform.networks.tenants);
  const used = tenants.map(({ subnet }) => Subnet.parse(subnet));
  const [first, second] = DECOY_IDS;
  const make = (id: string): Decoy => {
    const subnet = freeSubnet(pool, used);
    if (subnet === undefined)
      throw new UserError(`${pool.cidr} has no room for two decoy tenants`, 'make networks.tenants larger');
    used.push(subnet);
    return decoy(project, id, subnet);
  };
  return [make(first), make(second)];
}

function decoy(project: Project, id: string, subnet: Subnet): Decoy {
  const client = { name: 'proof', ...newKeyPair() };
  const tenant = tenantFile.parse({
    id,
    release: 'v6',
    url: `https://${id}.${project.platform.domain}`,
    didMethods: ['web', 'nuts'],
    // Nobody orders a certificate for a decoy.
    certificate: { source: 'platform-ca' },
    subnet: subnet.cidr,
    api: {
      addresses: [callableProxyAddress(project)],
      clients: { [client.name]: { keys: [client.publicKey] } },
    },
  });
  return { tenant: completeTenant(tenant, project.platform), client };
}
