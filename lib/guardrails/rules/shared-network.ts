import { nameOf } from '../containers';
import { exposed, networks } from '../knowledge/networks';
import type { Rule } from '../rule';

export const sharedNetwork: Rule = {
  id: 'shared-network',
  severity: 'error',
  cause:
    "Containers of two tenants are on one network, and one of them listens there or can't be seen not to.",
  why: "Whoever gets hold of one tenant's container could talk to the other's, past the proxy.",
  remedy: 'give each tenant a network of its own; only sidecars that listen on unix sockets share one',
  sightings: ({ stacks }) =>
    networks(stacks).flatMap((network) =>
      exposed(network).map(({ stack, container }) => ({
        stack,
        at: container,
        what: `${nameOf(container)} can be reached on the network ${network.name}${
          network.owner === undefined
            ? ', on which are containers of other tenants'
            : ` of tenant ${network.owner}`
        }`,
      })),
    ),
};
