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

export interface VaultProxyProps {
  readonly names: TenantNames;
  readonly labels: Labels;
  readonly platform: INutsPlatform;
  /** The tenant's own, from which its sidecars' addresses follow. */
  readonly subnet: Subnet;
  readonly generation: number;
  readonly keysMount: string;
}

const SOCKET_DIRECTORY = '/run/vault';

/**
 * The node's only way to its keys: Vault Proxy, which adds its own token to every request, on a socket that only the node mounts.
 * So the node has no credential and no network path to Vault, and whoever isn't the node can't be this tenant.
 */
export class VaultProxy extends Construct {
  readonly identity: VaultIdentity;
  readonly container: Container;
  /** Address in the form that the node wants. */
  readonly address = `unix://${SOCKET_DIRECTORY}/vault.sock`;
  private readonly socket: Volume;

  constructor(scope: Construct, id: string, props: VaultProxyProps) {
    super(scope, id);
    const { names, labels, platform } = props;
    const vault = platform.vaultFor(props.subnet, 'vault-proxy');
    const keys = `${props.keysMount}/nuts-private-keys`;
    this.identity = new VaultIdentity(this, 'identity', {
      name: names.identity(props.generation),
      entity: names.entity,
      vault,
      rules: [
        { path: `${keys}/*`, capabilities: ['create', 'read', 'update', 'delete'] },
        { path: keys, capabilities: ['list'] },
        { path: `${keys}/`, capabilities: ['list'] },
      ],
      metadata: { tenant: names.id },
    });
    this.socket = new Volume(this, 'socket', {
      name: names.of('vault-socket'),
      labels,
      memory: { sizeMiB: 1, mode: '0750', uid: 0, gid: NODE_GID },
    });
    this.container = new VaultSidecar(this, 'sidecar', {
      names: {
        container: names.of('vault-proxy'),
        seed: names.of('vault-proxy-seed'),
        state: names.of('vault-proxy-state'),
      },
      labels,
      image: platform.images.vault,
      seedImage: platform.images.redis,
      mode: 'proxy',
      identity: this.identity,
      vault,
      config: {
        api_proxy: [{ use_auto_auth_token: 'force' }],
        listener: [
          { unix: { address: `${SOCKET_DIRECTORY}/vault.sock`, tls_disable: true, socket_mode: '0660' } },
        ],
      },
      gid: NODE_GID,
      mounts: [this.socket.mount(SOCKET_DIRECTORY)],
      ready: `${SOCKET_DIRECTORY}/vault.sock`,
      memoryMiB: 128,
      health: platform.health,
    }).container;
  }

  /** For the node alone. */
  mountSocket() {
    return this.socket.mountReadOnly(SOCKET_DIRECTORY);
  }
}
