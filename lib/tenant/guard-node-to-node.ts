import type { Construct } from 'constructs';
import type { Labels } from '../engine/labels';
import type { Network } from '../engine/network';
import type { TenantNames } from '../names';
import type { INutsPlatform } from '../platform/platform-base';
import type { NodeCertificate } from './node-certificate';
import { NodeToNodeProxy } from './node-to-node-proxy';
import type { NutsNode } from './nuts-node';
import { RevocationLists } from './revocation-lists';

interface Surroundings {
  readonly names: TenantNames;
  readonly labels: Labels;
  readonly platform: INutsPlatform;
  readonly network: Network;
}

interface GuardProps extends Surroundings {
  readonly certificate: NodeCertificate;
  readonly nutsNode: NutsNode;
}

/**
 * Where callers of `/n2n` are checked, as `address:port`: by the node itself, by a guard of its own, or nowhere, where nobody says
 * what was revoked; then nobody is let in.
 */
export function guardNodeToNode(
  scope: Construct,
  { nutsNode, certificate, ...surroundings }: GuardProps,
): string | undefined {
  const { nodeToNodePort, publicPort } = nutsNode.profile;
  if (nodeToNodePort !== undefined) return `${nutsNode.address}:${nodeToNodePort}`;
  const revocation = certificate.revocation ?? fetchRevocationLists(scope, surroundings, nutsNode.image);
  if (revocation === undefined) return undefined;
  return new NodeToNodeProxy(scope, 'n2n', {
    ...surroundings,
    certificate,
    revocation,
    address: surroundings.network.subnet.at(3),
    node: `${nutsNode.address}:${publicPort}`,
  }).endpoint;
}

function fetchRevocationLists(scope: Construct, surroundings: Surroundings, image: string) {
  const { network, platform } = surroundings;
  const { revocationLists: urls = [] } = platform;
  if (urls.length === 0) return undefined;
  return new RevocationLists(scope, 'revocation', {
    ...surroundings,
    urls,
    image,
    address: network.subnet.at(4),
  }).file;
}
