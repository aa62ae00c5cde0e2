import { PkiSecretBackendRole } from '@cdktf/provider-vault/lib/pki-secret-backend-role';
import { Construct } from 'constructs';
import { CertificatePaths } from '../certificate/certificate-paths';
import {
  type CertificateSource,
  SHARED_OUTBOUND_PER_MINUTE,
  sharedCertificateProblem,
} from '../certificate/certificate-source';
import type { Container } from '../engine/container';
import type { Labels } from '../engine/labels';
import { Volume } from '../engine/volume';
import type { TenantNames } from '../names';
import { certificateRole } from '../platform/certificate-authority';
import type { INutsPlatform } from '../platform/platform-base';
import type { Subnet } from '../subnet';
import type { PolicyRule } from '../vault/policy';
import { VaultIdentity } from '../vault/vault-identity';
import { VaultSidecar } from '../vault/vault-sidecar';
import { NODE_GID } from './node-user';
import type { RevocationFile } from './revocation-lists';

export interface NodeCertificateProps {
  readonly names: TenantNames;
  readonly labels: Labels;
  readonly platform: INutsPlatform;
  /** The tenant's own, from which its sidecars' addresses follow. */
  readonly subnet: Subnet;
  readonly generation: number;
  /** The host at which other nodes reach this one. */
  readonly host: string;
  /** @default - from the platform's own authority */
  readonly from?: CertificateSource;
  /** The tenant's KV v2 mount. */
  readonly secretsMount: string;
  /** Whether something else than the node checks its peers, and so needs the list of revoked certificates. */
  readonly withRevocationList: boolean;
}

/** What the sidecar may do, and what it writes. */
interface Template {
  readonly rules: readonly PolicyRule[];
  readonly contents: string;
}

const DIRECTORY = '/run/nuts-certificate';
/** One file with certificate and key. */
export const NODE_CERTIFICATE_FILE = `${DIRECTORY}/node.pem`;
const REVOCATION_LIST = `${DIRECTORY}/crl.pem`;
const NINETY_DAYS = 90 * 24 * 60 * 60;

/**
 * The certificate with which the node meets other nodes. Vault Agent, with a login of its own that can do nothing else, writes it to
 * memory that the node reads. One of the platform's authority it renews in time; one that was ordered it takes over as soon as it
 * is imported. The node restarts on it.
 */
export class NodeCertificate extends Construct {
  readonly identity: VaultIdentity;
  readonly container: Container;
  /** One file with certificate and key. */
  readonly file = NODE_CERTIFICATE_FILE;
  /** PEM of the authorities that peers' certificates must come from; undefined where that is the platform's own. */
  readonly truststore?: string;
  /** The list of revoked certificates, where the platform's own authority makes it. */
  readonly revocation?: RevocationFile;
  /** What whoever guards the tenant's way out must hold it to, since others would be cut off with it. */
  readonly outboundPerMinute?: number;
  private readonly files: Volume;

  /** @throws when a shared certificate's risks aren't accepted, or nobody said which authorities are trusted */
  constructor(scope: Construct, id: string, props: NodeCertificateProps) {
    super(scope, id);
    const { names, labels, platform } = props;
    const vault = platform.vaultFor(props.subnet, 'certificate');
    const from = props.from ?? { source: 'platform-ca' };
    const template = this.templateOf(from, props);
    const isOfPlatform = from.source === 'platform-ca';
    if (!isOfPlatform) this.truststore = requireTruststore(platform, names.id);
    if (from.source === 'shared')
      this.outboundPerMinute = from.outboundPerMinute ?? SHARED_OUTBOUND_PER_MINUTE;
    const list = isOfPlatform && props.withRevocationList ? revocationTemplate(platform) : undefined;

    this.identity = new VaultIdentity(this, 'identity', {
      name: names.identity(props.generation, 'certificate'),
      entity: `${names.entity}.certificate`,
      vault,
      rules: [...template.rules, ...(list?.rules ?? [])],
      metadata: { tenant: names.id },
    });
    this.files = new Volume(this, 'files', {
      name: names.of('certificate-files'),
      labels,
      memory: { sizeMiB: 1, mode: '0750', uid: 0, gid: NODE_GID },
    });
    this.container = new VaultSidecar(this, 'sidecar', {
      names: {
        container: names.of('certificate'),
        seed: names.of('certificate-seed'),
        state: names.of('certificate-state'),
      },
      labels,
      image: platform.images.vault,
      seedImage: platform.images.redis,
      mode: 'agent',
      identity: this.identity,
      vault,
      config: {
        // How soon it sees what has no end of its own: an imported certificate, a list of revoked ones.
        ...((!isOfPlatform || list) && { template_config: [{ static_secret_render_interval: '1m' }] }),
        template: [
          { destination: this.file, perms: '0440', contents: template.contents },
          ...(list ? [{ destination: REVOCATION_LIST, perms: '0440', contents: list.contents }] : []),
        ],
      },
      gid: NODE_GID,
      mounts: [this.files.mount(DIRECTORY)],
      ready: this.file,
      memoryMiB: 128,
      health: platform.health,
    }).container;
    if (list) this.revocation = { path: REVOCATION_LIST, mounts: [], writer: this.container };
  }

  /** For the node, and what checks its peers, alone. */
  mountFiles() {
    return this.files.mountReadOnly(DIRECTORY);
  }

  private templateOf(from: CertificateSource, props: NodeCertificateProps): Template {
    switch (from.source) {
      case 'platform-ca':
        return this.issuedTemplate(props);
      case 'own':
        return importedTemplate(new CertificatePaths(props.secretsMount));
      case 'shared': {
        const problem = sharedCertificateProblem(from.acceptRisks);
        if (problem !== undefined) throw new Error(`tenant ${props.names.id}: ${problem}`);
        return importedTemplate(new CertificatePaths(props.platform.names.sharedMount));
      }
    }
  }

  private issuedTemplate({ names, platform, host }: NodeCertificateProps): Template {
    const role = new PkiSecretBackendRole(this, 'role', {
      backend: platform.authorityPath,
      name: names.pkiRole,
      ...certificateRole([host], NINETY_DAYS),
      clientFlag: true,
    });
    const issue = `${platform.names.pkiMount}/issue/${role.name}`;
    return {
      rules: [{ path: issue, capabilities: ['create', 'update'] }],
      contents: `{{ with pkiCert "${issue}" "common_name=${host}" }}{{ .Cert }}{{ .Key }}{{ end }}`,
    };
  }
}

function importedTemplate(paths: CertificatePaths): Template {
  return {
    rules: [
      { path: paths.certificate, capabilities: ['read'] },
      { path: paths.key('+'), capabilities: ['read'] },
    ],
    contents: `{{ with secret "${paths.certificate}" }}{{ $node := .Data.data }}{{ with secret (printf "${paths.key('%s')}" $node.key) }}{{ $node.chain }}{{ .Data.data.key }}{{ end }}{{ end }}`,
  };
}

function revocationTemplate({ names }: INutsPlatform): Template {
  const path = `${names.pkiMount}/cert/crl`;
  return {
    rules: [{ path, capabilities: ['read'] }],
    contents: `{{ with secret "${path}" }}{{ .Data.certificate }}{{ end }}`,
  };
}

function requireTruststore({ truststore }: INutsPlatform, tenant: string): string {
  if (truststore !== undefined) return truststore;
  throw new Error(
    `tenant ${tenant}: with a certificate that is not the platform's own, the platform needs a truststore: the authorities of the network`,
  );
}
