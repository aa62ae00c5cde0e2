import { Construct } from 'constructs';
import { ConfigFiles } from '../engine/config-files';
import { Container, type HealthSchedule } from '../engine/container';
import type { Labels } from '../engine/labels';
import type { Network } from '../engine/network';
import type { Images } from '../images';
import type { PlatformNames } from '../names';

export interface ResolverProps {
  readonly names: PlatformNames;
  readonly labels: Labels;
  readonly images: Images;
  readonly health: HealthSchedule;
  /** Its first address is the proxy's, which is the answer; the resolver itself listens there too. */
  readonly edge: Network;
  /** Names that are answered, with everything under them. */
  readonly zones: readonly string[];
}

/**
 * DNS for tenants where no public DNS names them: nodes find each other's hosts at the platform's own proxy, as they would
 * on the internet. Every other name is passed on to the host's own resolver.
 */
export class Resolver extends Construct {
  constructor(scope: Construct, id: string, props: ResolverProps) {
    super(scope, id);
    const config = new ConfigFiles(this, 'config', {
      name: props.names.of('resolver-config'),
      image: props.images.redis,
      labels: props.labels,
      files: { Corefile: { content: corefile(props.edge.subnet.at(1), props.zones) } },
    });
    new Container(this, 'container', {
      name: props.names.of('resolver'),
      image: props.images.coredns,
      user: '0:0',
      labels: props.labels,
      entrypoint: ['/coredns'],
      command: ['-conf', '/etc/coredns/Corefile'],
      mounts: [config.mountReadOnly('/etc/coredns')],
      network: 'host',
      capabilities: ['CAP_NET_BIND_SERVICE'],
      memoryMiB: 64,
      cpus: 0.5,
      // The image holds nothing but the server: that it stays up for one interval is what can be seen from inside.
      healthcheck: ['CMD', '/coredns', '-version'],
      health: props.health,
      dependsOn: [props.edge.resource],
      replaceWith: [config.resource],
    });
  }
}

function corefile(address: string, zones: readonly string[]): string {
  const own = zones.map(
    (zone) => `${zone} {
    bind ${address}
    template IN A {
        answer "{{ .Name }} 60 IN A ${address}"
    }
    template ANY ANY {
        rcode NOERROR
    }
}
`,
  );
  const others = `. {
    bind ${address}
    forward . /etc/resolv.conf
    cache 30
    errors
}
`;
  return [...own, others].join('\n');
}
