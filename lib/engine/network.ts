import { Network as DockerNetwork } from '@cdktf/provider-docker/lib/network';
import { Construct } from 'constructs';
import type { Subnet } from '../subnet';
import { type Labels, labelBlocks } from './labels';

export interface NetworkProps {
  readonly name: string;
  readonly subnet: Subnet;
  readonly labels: Labels;
  /**
   * Addresses from which the engine hands out those that nobody asked for, so that they never meet a fixed one.
   * @default - the whole subnet
   */
  readonly dynamicRange?: Subnet;
  /**
   * Whether traffic that leaves the subnet gets an address of the host. Not where no container lives: calls of the host to its
   * own address would seem to come from another one.
   * @default true
   */
  readonly masquerade?: boolean;
}

/** A bridge network on one Docker host. Its first address is the host's own. */
export class Network extends Construct {
  readonly name: string;
  readonly subnet: Subnet;
  readonly resource: DockerNetwork;

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    this.subnet = props.subnet;
    this.resource = new DockerNetwork(this, 'Resource', {
      name: props.name,
      driver: 'bridge',
      ipamConfig: [
        {
          subnet: props.subnet.cidr,
          gateway: props.subnet.at(1),
          ...(props.dynamicRange && { ipRange: props.dynamicRange.cidr }),
        },
      ],
      ...(props.masquerade === false && {
        options: { 'com.docker.network.bridge.enable_ip_masquerade': 'false' },
      }),
      labels: labelBlocks(props.labels),
    });
    this.name = this.resource.name;
  }
}
