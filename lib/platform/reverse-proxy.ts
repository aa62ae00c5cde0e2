import { Construct } from 'constructs';
import type { ITerraformDependable } from 'cdktf';
import { Container, type HealthSchedule } from '../engine/container';
import type { Labels } from '../engine/labels';
import { Volume, type IVolume } from '../engine/volume';
import type { Images } from '../images';
import type { PlatformNames } from '../names';
import { ACME_RESOLVER, certificatePaths, type ProxyTls } from './proxy-tls';
import { hardenRequests } from './request-hardening';
import { PROXY_GID } from './routes';

export interface ReverseProxyProps {
  readonly names: PlatformNames;
  readonly labels: Labels;
  readonly images: Images;
  readonly health: HealthSchedule;
  /** Address of the host that it listens on; `0.0.0.0` for all. */
  readonly address: string;
  readonly httpsPort: number;
  /** Where nodes reach nodes. */
  readonly grpcPort: number;
  /** Loopback port of its own health check. */
  readonly pingPort: number;
  readonly tls: ProxyTls;
  /** The directory with everybody's routes. */
  readonly routes: IVolume;
  /** What writes its TLS configuration. */
  readonly dependsOn: readonly ITerraformDependable[];
}

/**
 * Traefik in the host's network namespace, from where it reaches every tenant's bridge without being on any of them. It knows no
 * Docker API and has no dashboard: its routes are files, one a tenant, which the tenants' own stacks put there.
 */
export class ReverseProxy extends Construct {
  readonly container: Container;

  constructor(scope: Construct, id: string, props: ReverseProxyProps) {
    super(scope, id);
    const { names, labels, tls, address } = props;
    const ping = `127.0.0.1:${props.pingPort}`;
    const acme =
      tls.issuer === 'acme'
        ? new Volume(this, 'acme', { name: names.of('proxy-acme'), labels, protect: true })
        : undefined;
    this.container = new Container(this, 'container', {
      name: names.of('proxy'),
      image: props.images.traefik,
      // Root of the container with one capability, for the ports below 1024.
      user: `0:${PROXY_GID}`,
      capabilities: ['CAP_NET_BIND_SERVICE'],
      labels,
      command: [
        `--entrypoints.https.address=${address}:${props.httpsPort}`,
        '--entrypoints.https.asdefault=true',
        ...hardenRequests('https'),
        `--entrypoints.grpc.address=${address}:${props.grpcPort}`,
        `--entrypoints.ping.address=${ping}`,
        '--ping=true',
        '--ping.entrypoint=ping',
        '--providers.file.directory=/routes',
        '--providers.file.watch=true',
        '--log.level=INFO',
        '--log.format=json',
        '--accesslog=true',
        '--accesslog.format=json',
        '--global.checknewversion=false',
        '--global.sendanonymoususage=false',
        ...(tls.issuer === 'acme' ? acmeArguments(tls) : []),
      ],
      mounts: [props.routes.mountReadOnly('/routes'), ...(acme ? [acme.mount('/acme')] : [])],
      hostFiles: tls.issuer === 'files' ? givenFiles(tls.certificates) : {},
      scratch: { '/tmp': 1 },
      network: 'host',
      memoryMiB: 256,
      healthcheck: [
        'CMD',
        'traefik',
        'healthcheck',
        '--ping=true',
        '--ping.entrypoint=ping',
        `--entrypoints.ping.address=${ping}`,
      ],
      health: props.health,
      dependsOn: props.dependsOn,
    });
  }
}

function acmeArguments(tls: { email: string; directory?: string }): string[] {
  const prefix = `--certificatesresolvers.${ACME_RESOLVER}.acme`;
  return [
    `${prefix}.email=${tls.email}`,
    `${prefix}.storage=/acme/acme.json`,
    `${prefix}.tlschallenge=true`,
    ...(tls.directory ? [`${prefix}.caserver=${tls.directory}`] : []),
  ];
}

function givenFiles(certificates: readonly { certFile: string; keyFile: string }[]): Record<string, string> {
  return Object.fromEntries(
    certificates.flatMap((given, index) => {
      const inside = certificatePaths(index);
      return [
        [given.certFile, inside.certFile],
        [given.keyFile, inside.keyFile],
      ];
    }),
  );
}
