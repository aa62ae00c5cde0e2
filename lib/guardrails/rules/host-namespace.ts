import { networksOf } from '../containers';
import { hostPart } from '../knowledge/host-network';
import { eachContainer, type Rule } from '../rule';
import { textOf } from '../stack-json';

const NAMESPACES = ['pid_mode', 'ipc_mode', 'userns_mode', 'cgroupns_mode', 'uts_mode'];
const FOREIGN = /^(host|container:|shareable)/;

export const hostNamespace: Rule = {
  id: 'host-namespace',
  severity: 'error',
  cause:
    "A container is in a namespace of the host, or of another container; only proxy, resolver and egress rules are on the host's network.",
  why: "On the host's network a container reaches every tenant's bridge and all that listens on the loopback address.",
  remedy: 'give the container a network of its own, or none',
  sightings: eachContainer((container, stack) => {
    const foreign = NAMESPACES.filter((key) => FOREIGN.test(textOf(container.values[key])));
    if (foreign.length > 0) return `${foreign.join(', ')}: not its own`;
    const network = networksOf(stack, container).find((name) => FOREIGN.test(name));
    if (network === undefined || (network === 'host' && hostPart(container) !== undefined)) return undefined;
    return `it is on the network of ${network === 'host' ? 'the host' : network}`;
  }),
};
