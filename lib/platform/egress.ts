import { Construct } from 'constructs';
import { Container, type HealthSchedule } from '../engine/container';
import type { Labels } from '../engine/labels';
import type { Images } from '../images';
import type { PlatformNames } from '../names';
import { literal } from '../terraform/literal';
import { type EgressPolicy, egressRules } from './egress-rules';
import { EGRESS_SCRIPT } from './egress-script';

export interface EgressProps {
  readonly names: PlatformNames;
  readonly labels: Labels;
  readonly images: Images;
  readonly health: HealthSchedule;
  readonly policy: Omit<EgressPolicy, 'table'>;
}

/** What a shell in the container runs to learn whether the rules are in place, and to take them away. */
export const EGRESS_COMMANDS = {
  check: ['sh', '-c', 'exec sh -c "$SCRIPT" egress check'],
  remove: ['sh', '-c', 'exec sh -c "$SCRIPT" egress remove'],
} as const;

/**
 * Holds tenants back from everything that isn't the public internet: the cloud's metadata, private networks, the host's own services,
 * one another. It sits in the host's network namespace with one capability, and keeps its rules there whatever else changes them.
 */
export class Egress extends Construct {
  readonly container: Container;

  constructor(scope: Construct, id: string, props: EgressProps) {
    super(scope, id);
    const { names } = props;
    const table = names.egressTable;
    this.container = new Container(this, 'container', {
      name: names.of('egress'),
      image: props.images.nftables,
      user: '0:0',
      labels: props.labels,
      entrypoint: ['sh', '-c', 'exec sh -c "$SCRIPT" egress keep'],
      environment: {
        TABLE: table,
        RULES: literal(egressRules({ ...props.policy, table })),
        SCRIPT: literal(EGRESS_SCRIPT),
      },
      scratch: { '/tmp': 1 },
      network: 'host',
      capabilities: ['CAP_NET_ADMIN'],
      memoryMiB: 64,
      cpus: 0.2,
      healthcheck: ['CMD', ...EGRESS_COMMANDS.check],
      health: props.health,
    });
  }
}
