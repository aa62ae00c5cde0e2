import { networks } from '../../guardrails/knowledge/networks';
import { volumes } from '../../guardrails/knowledge/volumes';
import { capabilities } from '../../guardrails/rules/capabilities';
import { dockerSocket } from '../../guardrails/rules/docker-socket';
import { hostNamespace } from '../../guardrails/rules/host-namespace';
import { hostPath } from '../../guardrails/rules/host-path';
import { privileged } from '../../guardrails/rules/privileged';
import type { StackJson } from '../../guardrails/stack-json';
import { containerId } from '../containers';
import type { Edge } from '../graph';
import { networkId } from './network';
import { volumeId } from './volume';

/** Each lets a container act on the host, or as the host. */
const ESCAPES = [dockerSocket, privileged, hostNamespace, hostPath, capabilities];
const HOST = 'the host';

/** From a container that can get out of its own confines to the host, and from the host to everything on it. */
export function hostEdges(stacks: readonly StackJson[]): Edge[] {
  const kind = 'host' as const;
  const escapes = ESCAPES.flatMap((rule) => rule.sightings({ stacks, environment: 'production' }));
  return [
    ...escapes.flatMap(({ at, what }) =>
      typeof at === 'string' ? [] : [{ kind, from: containerId(at), how: `(${what}) can act on`, to: HOST }],
    ),
    ...networks(stacks).map(({ name }) => ({ kind, from: HOST, how: 'reaches', to: networkId(name) })),
    ...volumes(stacks).map(({ name }) => ({ kind, from: HOST, how: 'holds', to: volumeId(name) })),
  ];
}
