import { nameOf, tenantOf } from '../containers';
import { nodes } from '../knowledge/node-environment';
import { vaultSockets } from '../knowledge/volumes';
import type { Rule } from '../rule';

export const vaultSocket: Rule = {
  id: 'vault-socket',
  severity: 'error',
  cause:
    "The socket behind which a sidecar uses a tenant's keys is mounted by something that isn't that tenant's node, or writable.",
  why: 'Whoever opens the socket is the tenant: it can sign with every key that the tenant has.',
  remedy: "mount it, read-only, into the tenant's own node and nowhere else",
  sightings: ({ stacks }) => {
    const nodeContainers = nodes(stacks).map(({ container }) => container);
    return vaultSockets(stacks).flatMap(({ volume, sidecar }) =>
      volume.mountings
        .filter(({ container }) => container !== sidecar.container)
        .filter(
          ({ container, readOnly }) =>
            !readOnly ||
            !nodeContainers.includes(container) ||
            tenantOf(container) !== tenantOf(sidecar.container),
        )
        .map(({ stack, container }) => ({
          stack,
          at: container,
          what: `${nameOf(container)} mounts ${volume.name}`,
        })),
    );
  },
};
