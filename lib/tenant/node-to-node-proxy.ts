import { Construct } from 'constructs';
import { ConfigFiles } from '../engine/config-files';
import { attach, Container } from '../engine/container';
import type { Labels } from '../engine/labels';
import type { Network } from '../engine/network';
import { restartOnChange } from '../engine/restart-on-change';
import type { TenantNames } from '../names';
import type { INutsPlatform } from '../platform/platform-base';
import type { NodeCertificate } from './node-certificate';
import { NODE_TO_NODE_PORT, nodeToNodeConfiguration } from './node-to-node-configuration';
import { NODE_GID } from './node-user';
import type { RevocationFile } from './revocation-lists';

export interface NodeToNodeProxyProps {
  readonly names: TenantNames;
  readonly labels: Labels;
  readonly platform: INutsPlatform;
  readonly network: Network;
  /** Its own address on the tenant's bridge. */
  readonly address: string;
  /** Where the node serves `/n2n`, as `address:port`. */
  readonly node: string;
  readonly certificate: NodeCertificate;
  readonly revocation: RevocationFile;
}

const DIRECTORY = '/etc/nuts-n2n';
const CONFIGURATION = 'haproxy.cfg';
const TRUSTSTORE = 'truststore.pem';
const USER = 18083;

/**
 * The tenant's own guard before `/n2n` of a node that leaves certificates to others: it demands one, and refuses one that is revoked.
 * The reverse proxy can't check that, so it passes the TLS of this host through, unread.
 */
export class NodeToNodeProxy extends Construct {
  readonly container: Container;
  /** As `address:port`, for the route. */
  readonly endpoint: string;

  constructor(scope: Construct, id: string, props: NodeToNodeProxyProps) {
    super(scope, id);
    const { names, labels, platform, certificate, revocation } = props;
    this.endpoint = `${props.address}:${NODE_TO_NODE_PORT}`;
    const config = new ConfigFiles(this, 'config', {
      name: names.of('n2n-config'),
      image: platform.images.redis,
      labels,
      files: {
        [CONFIGURATION]: {
          content: nodeToNodeConfiguration({
            node: props.node,
            certificateFile: certificate.file,
            truststoreFile: `${DIRECTORY}/${TRUSTSTORE}`,
            revocationFile: revocation.path,
          }),
        },
        [TRUSTSTORE]: { content: certificate.truststore ?? platform.authorityCertificate },
      },
    });
    this.container = new Container(this, 'container', {
      name: names.of('n2n'),
      image: platform.images.haproxy,
      user: `${USER}:${NODE_GID}`,
      labels,
      entrypoint: restartOnChange([`${DIRECTORY}/*`, certificate.file, revocation.path]),
      command: ['haproxy', '-db', '-f', `${DIRECTORY}/${CONFIGURATION}`],
      mounts: [config.mountReadOnly(DIRECTORY), certificate.mountFiles(), ...revocation.mounts],
      scratch: { '/tmp': 1 },
      network: attach(props.network, props.address),
      memoryMiB: 64,
      cpus: 0.5,
      healthcheck: ['CMD-SHELL', `grep -q ':${hexPort()} [0:]* 0A' /proc/net/tcp /proc/net/tcp6`],
      health: platform.health,
      dependsOn: [config.resource, ...new Set([certificate.container.resource, revocation.writer.resource])],
    });
  }
}

/** The port as the kernel lists it among those that are listened on; the image has nothing that could call it. */
function hexPort(): string {
  return NODE_TO_NODE_PORT.toString(16).toUpperCase();
}
