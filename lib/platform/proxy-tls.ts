import { Construct } from 'constructs';
import type { ITerraformDependable } from 'cdktf';
import type { HealthSchedule } from '../engine/container';
import type { Labels } from '../engine/labels';
import type { IVolume } from '../engine/volume';
import type { Images } from '../images';
import type { PlatformNames } from '../names';
import { VaultIdentity } from '../vault/vault-identity';
import { VaultSidecar } from '../vault/vault-sidecar';
import type { VaultConnection } from '../vault/vault-connection';
import type { CertificateAuthority } from './certificate-authority';
import { PROXY_GID, RouteFile } from './routes';

/** Where the certificate of the public and API hosts comes from. */
export type ProxyTls =
  /** From the platform's own authority: development and test networks. */
  | { readonly issuer: 'platform-ca' }
  /** From an ACME authority such as Let's Encrypt, by the TLS-ALPN challenge. */
  | {
      readonly issuer: 'acme';
      readonly email: string;
      /** @default - Let's Encrypt */ readonly directory?: string;
    }
  /** PEM files on the Docker host. Traefik reads them when it starts. */
  | {
      readonly issuer: 'files';
      readonly certificates: readonly { readonly certFile: string; readonly keyFile: string }[];
    };

/** Name under which Traefik knows its ACME authority. */
export const ACME_RESOLVER = 'acme';

const FILE = 'platform-tls';
const NINETY_DAYS = 90 * 24 * 60 * 60;

// Unknown hosts get no certificate at all, rather than one that says which hosts there are.
const OPTIONS = { default: { minVersion: 'VersionTLS12', sniStrict: true } };

interface TlsFileProps {
  readonly names: PlatformNames;
  readonly labels: Labels;
  readonly images: Images;
  readonly health: HealthSchedule;
  readonly routes: IVolume;
}

export interface GivenTlsProps extends TlsFileProps {
  readonly tls: Exclude<ProxyTls, { issuer: 'platform-ca' }>;
}

/** TLS options, and the given certificates where they are files of the host. */
export class GivenTls extends Construct {
  /** Created when the configuration is there. */
  readonly ready: ITerraformDependable;

  constructor(scope: Construct, id: string, props: GivenTlsProps) {
    super(scope, id);
    const certificates =
      props.tls.issuer === 'files'
        ? props.tls.certificates.map((_, index) => certificatePaths(index))
        : undefined;
    this.ready = new RouteFile(this, 'file', {
      name: props.names.of('proxy-tls'),
      file: FILE,
      content: { tls: { options: OPTIONS, ...(certificates && { certificates }) } },
      routes: props.routes,
      image: props.images.redis,
      labels: props.labels,
      health: props.health,
    }).carrier.resource;
  }
}

/** Where a given certificate lies in the proxy's container. */
export function certificatePaths(index: number): { certFile: string; keyFile: string } {
  return { certFile: `/certificates/${index}/tls.crt`, keyFile: `/certificates/${index}/tls.key` };
}

export interface PlatformCaTlsProps extends TlsFileProps {
  readonly authority: CertificateAuthority;
  readonly vault: VaultConnection;
  /** Hosts of the certificate; the first is its common name. */
  readonly hosts: readonly string[];
}

/**
 * A certificate of the platform's authority. Vault Agent writes it, key included, as a file of Traefik's own configuration into the
 * directory that Traefik watches: so a renewed one is in use at once, and the key is never anywhere but in memory.
 */
export class PlatformCaTls extends Construct {
  /** Created when the certificate is there. */
  readonly ready: ITerraformDependable;

  constructor(scope: Construct, id: string, props: PlatformCaTlsProps) {
    super(scope, id);
    const { names, vault, hosts } = props;
    const role = names.proxyIdentity;
    props.authority.addServerRole('proxy-role', role, hosts, NINETY_DAYS);
    const identity = new VaultIdentity(this, 'identity', {
      name: role,
      entity: role,
      vault,
      rules: [{ path: `${names.pkiMount}/issue/${role}`, capabilities: ['create', 'update'] }],
      metadata: { platform: names.platform },
    });
    const target = `/routes/${FILE}.yaml`;
    this.ready = new VaultSidecar(this, 'agent', {
      names: {
        container: names.of('proxy-tls'),
        seed: names.of('proxy-tls-seed'),
        state: names.of('proxy-tls-state'),
      },
      labels: props.labels,
      image: props.images.vault,
      seedImage: props.images.redis,
      mode: 'agent',
      identity,
      vault,
      config: { template: [{ destination: target, perms: '0400', contents: this.template(names, hosts) }] },
      gid: PROXY_GID,
      mounts: [props.routes.mount('/routes')],
      ready: target,
      memoryMiB: 128,
      health: props.health,
    }).container.resource;
  }

  private template(names: PlatformNames, hosts: readonly string[]): string {
    const [commonName = '', ...others] = hosts;
    const path = `${names.pkiMount}/issue/${names.proxyIdentity}`;
    return `{{ with pkiCert "${path}" "common_name=${commonName}" "alt_names=${others.join(',')}" }}tls:
  options: ${JSON.stringify(OPTIONS)}
  certificates:
    - certFile: |
{{ .Cert | indent 8 }}
      keyFile: |
{{ .Key | indent 8 }}
{{ end }}`;
  }
}
