import type { Subnet } from '../subnet';

/**
 * The sidecars that have an address of their own, by their place among the four of a tenant. Add only at the end: a sidecar that
 * moves would be replaced in every installation.
 */
const TENANT_SIDECARS = ['vault-proxy', 'certificate', 'node-secrets'] as const;
export type TenantSidecar = (typeof TENANT_SIDECARS)[number];

const PER_TENANT = 4;
// The usual subnet of a tenant is a /28.
const TENANT_SIZE = 16;

/**
 * The address of a tenant's sidecar on the network that it shares with Vault, so that its login can be bound to nothing wider. It
 * follows from the tenant's own subnet alone: the n-th /28 of the pool has the n-th four addresses, and no tenant's coming or going
 * moves another's. They are in the lower half of the network, since the engine hands out the upper one.
 *
 * @returns undefined where the network is too small, or the subnet doesn't begin a /28: then any free address serves
 */
export function sidecarAddress(
  network: Subnet,
  pool: Subnet,
  tenant: Subnet,
  sidecar: TenantSidecar,
): string | undefined {
  const place = pool.offsetOf(tenant) / TENANT_SIZE;
  // The first four are Vault's, the gateway's and the platform's own.
  const offset = PER_TENANT * (place + 1) + TENANT_SIDECARS.indexOf(sidecar);
  const fits = pool.contains(tenant) && Number.isInteger(place) && offset < network.size / 2;
  return fits ? network.at(offset) : undefined;
}

/** The address of the proxy's own sidecar. */
export function proxySidecarAddress(network: Subnet): string {
  return network.at(3);
}
