import { PkiSecretBackendRole } from '@cdktf/provider-vault/lib/pki-secret-backend-role';
import { Construct } from 'constructs';
import type { Container } from '../engine/container';
import type { Labels } from '../engine/labels';
import { Volume } from '../engine/volume';
import type { TenantNames } from '../names';
import { certificateRole } from '../platform/certificate-authority';
import type { INutsPlatform } from '../platform/platform-base';
import type { Subnet } from '../subnet';
import { VaultIdentity } from '../vault/vault-identity';
import { VaultSidecar } from '../vault/vault-sidecar';
import { NODE_GID } from './node-user';

export interface NodeCertificateProps {
  readonly names: TenantNames;
  readonly labels: Labels;
  readonly platform: INutsPlatform;
  /** The tenant's own, from which its sidecars' addresses follow. */
  readonly subnet: Subnet;
  readonly generation: number;
  /** The host at which other nodes reach this one. */
  readonly host: string;
}

const DIRECTORY = '/run/nuts-certificate';
const NINETY_DAYS = 90 * 24 * 60 * 60;

/**
 * The certificate with which the node meets other nodes, from the platform's own authority. Vault Agent, with a login of its own that
 * can do nothing else, writes it to memory that the node reads, and renews it in time; the node restarts on it.
 */
export class NodeCertificate extends Construct {
  readonly identity: VaultIdentity;
  readonly container: Container;
  /** One file with certificate and key. */
  readonly file = `${DIRECTORY}/node.pem`;
  private readonly files: Volume;

  constructor(scope: Construct, id: string, props: NodeCertificateProps) {
    super(scope, id);
    const { names, labels, platform, host } = props;
    const vault = platform.vaultFor(props.subnet, 'certificate');
    const role = new PkiSecretBackendRole(this, 'role', {
      backend: platform.authorityPath,
      name: names.pkiRole,
      ...certificateRole([host], NINETY_DAYS),
      clientFlag: true,
    });
    const issue = `${platform.names.pkiMount}/issue/${role.name}`;
    this.identity = new VaultIdentity(this, 'identity', {
      name: names.identity(props.generation, 'certificate'),
      entity: `${names.entity}.certificate`,
      vault,
      rules: [{ path: issue, capabilities: ['create', 'update'] }],
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
        template: [
          {
            destination: this.file,
            perms: '0440',
            contents: `{{ with pkiCert "${issue}" "common_name=${host}" }}{{ .Cert }}{{ .Key }}{{ end }}`,
          },
        ],
      },
      gid: NODE_GID,
      mounts: [this.files.mount(DIRECTORY)],
      ready: this.file,
      memoryMiB: 128,
      health: platform.health,
    }).container;
  }

  /** For the node alone. */
  mountFiles() {
    return this.files.mountReadOnly(DIRECTORY);
  }
}
