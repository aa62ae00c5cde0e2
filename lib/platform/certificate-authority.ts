import { Mount } from '@cdktf/provider-vault/lib/mount';
import { PkiSecretBackendCrlConfig } from '@cdktf/provider-vault/lib/pki-secret-backend-crl-config';
import { PkiSecretBackendRole } from '@cdktf/provider-vault/lib/pki-secret-backend-role';
import { PkiSecretBackendRootCert } from '@cdktf/provider-vault/lib/pki-secret-backend-root-cert';
import { Construct } from 'constructs';

const TEN_YEARS = 10 * 365 * 24 * 60 * 60;

export interface CertificateAuthorityProps {
  /** Path of the PKI secrets engine in Vault. */
  readonly mount: string;
  /** What the authority is for, as its certificate says it. */
  readonly commonName: string;
}

/** The platform's certificate authority for development and test networks. Its key is made in Vault and can't be read from it. */
export class CertificateAuthority extends Construct {
  readonly certificate: string;
  /** Path of its secrets engine; whoever uses it waits until the authority is there. */
  readonly path: string;
  private readonly mount: Mount;
  private readonly root: PkiSecretBackendRootCert;

  constructor(scope: Construct, id: string, props: CertificateAuthorityProps) {
    super(scope, id);
    this.mount = new Mount(this, 'mount', {
      path: props.mount,
      type: 'pki',
      description: 'Certificate authority of the Nuts platform',
      maxLeaseTtlSeconds: TEN_YEARS,
    });
    this.root = new PkiSecretBackendRootCert(this, 'root', {
      backend: this.mount.path,
      type: 'internal',
      commonName: props.commonName,
      ttl: `${TEN_YEARS}s`,
      keyType: 'ec',
      keyBits: 256,
    });
    // Made anew before its end: one that is past it would have every caller refused.
    new PkiSecretBackendCrlConfig(this, 'crl', {
      backend: this.root.backend,
      expiry: '72h',
      autoRebuild: true,
      autoRebuildGracePeriod: '24h',
    });
    this.certificate = this.root.certificate;
    this.path = this.root.backend;
  }

  /** Lets an identity have certificates for exactly these hosts, `*.` included where it is written. */
  addServerRole(id: string, name: string, hosts: readonly string[], ttlSeconds: number): void {
    new PkiSecretBackendRole(this, id, {
      backend: this.mount.path,
      name,
      ...certificateRole(hosts, ttlSeconds),
      clientFlag: false,
      dependsOn: [this.root],
    });
  }
}

/** What every role of the authority has in common: exactly the named hosts, nothing by address, nothing that signs. */
export function certificateRole(hosts: readonly string[], ttlSeconds: number) {
  return {
    allowedDomains: [...hosts],
    allowBareDomains: true,
    allowSubdomains: false,
    allowWildcardCertificates: hosts.some((host) => host.startsWith('*.')),
    allowGlobDomains: false,
    allowIpSans: false,
    allowLocalhost: false,
    enforceHostnames: true,
    keyType: 'ec',
    keyBits: 256,
    ttl: String(ttlSeconds),
    maxTtl: String(ttlSeconds),
    serverFlag: true,
    noStore: false,
  };
}
