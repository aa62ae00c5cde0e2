import { Construct } from 'constructs';
import type { Container } from '../engine/container';
import type { Labels } from '../engine/labels';
import { Volume } from '../engine/volume';
import type { TenantNames } from '../names';
import type { INutsPlatform } from '../platform/platform-base';
import type { Subnet } from '../subnet';
import { VaultIdentity } from '../vault/vault-identity';
import { VaultSidecar } from '../vault/vault-sidecar';
import { NODE_GID } from './node-user';

/** An option of the node whose value is in Vault, and nowhere else. */
export interface NodeSecret {
  /** In the node's own dotted notation. */
  readonly option: string;
  /** API path of a secret in a KV v2 mount, such as `tenants/acme/data/sql`. */
  readonly path: string;
  /** Its field with the value. */
  readonly field: string;
}

export interface NodeSecretsProps {
  readonly names: TenantNames;
  readonly labels: Labels;
  readonly platform: INutsPlatform;
  /** The tenant's own. */
  readonly subnet: Subnet;
  readonly generation: number;
  readonly secrets: readonly NodeSecret[];
}

const DIRECTORY = '/run/nuts-secrets';
// How soon a value that was changed in Vault reaches the node. Each look is a request to Vault, of every tenant that has secrets.
const LOOK_EVERY = '30s';

/**
 * The secret part of a node's configuration. Vault Agent, with a login of its own that reads exactly these secrets, writes it to
 * memory that the node reads, and again when one changes; the node restarts on it.
 */
export class NodeSecrets extends Construct {
  readonly identity: VaultIdentity;
  readonly container: Container;
  /** A configuration file of the node. What its environment says goes before. */
  readonly file = `${DIRECTORY}/nuts.yaml`;
  /** The options in it. */
  readonly options: readonly string[];
  private readonly files: Volume;

  constructor(scope: Construct, id: string, props: NodeSecretsProps) {
    super(scope, id);
    const { names, labels, platform, secrets } = props;
    const vault = platform.vaultFor(props.subnet, 'node-secrets');
    this.options = secrets.map(({ option }) => option);
    this.identity = new VaultIdentity(this, 'identity', {
      name: names.identity(props.generation, 'secrets'),
      entity: `${names.entity}.secrets`,
      vault,
      rules: [...new Set(secrets.map(({ path }) => path))].map((path) => ({ path, capabilities: ['read'] })),
      metadata: { tenant: names.id },
    });
    this.files = new Volume(this, 'files', {
      name: names.of('node-secrets-files'),
      labels,
      memory: { sizeMiB: 1, mode: '0750', uid: 0, gid: NODE_GID },
    });
    this.container = new VaultSidecar(this, 'sidecar', {
      names: {
        container: names.of('node-secrets'),
        seed: names.of('node-secrets-seed'),
        state: names.of('node-secrets-state'),
      },
      labels,
      image: platform.images.vault,
      seedImage: platform.images.redis,
      mode: 'agent',
      identity: this.identity,
      vault,
      config: {
        template_config: [{ static_secret_render_interval: LOOK_EVERY }],
        template: [
          {
            destination: this.file,
            perms: '0440',
            error_on_missing_key: true,
            contents: secretsTemplate(secrets),
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

interface Tree {
  [key: string]: Tree | string;
}

/** A template for the node's YAML, written as JSON, which YAML contains: no value can be taken for anything but text. */
export function secretsTemplate(secrets: readonly NodeSecret[]): string {
  const tree: Tree = {};
  for (const { option, path, field } of secrets) {
    const groups = option.split('.');
    const name = groups.pop() ?? '';
    const group = groups.reduce((parent, key) => (parent[key] ??= {}) as Tree, tree);
    group[name] = `{{ with secret "${path}" }}{{ .Data.data.${field} | toJSON }}{{ end }}`;
  }
  return write(tree);
}

// A space between braces, since two of them would begin an action of the template.
function write(tree: Tree): string {
  const members = Object.entries(tree).map(
    ([key, value]) => `${JSON.stringify(key)}: ${typeof value === 'string' ? value : write(value)}`,
  );
  return `{ ${members.join(', ')} }`;
}
