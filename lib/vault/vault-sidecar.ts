import { Construct } from 'constructs';
import { ConfigFiles } from '../engine/config-files';
import { Container, type HealthSchedule } from '../engine/container';
import type { Labels } from '../engine/labels';
import { Volume, type Mount } from '../engine/volume';
import { LOGIN_SCRIPT } from './login-script';
import type { VaultConnection } from './vault-connection';
import type { VaultIdentity } from './vault-identity';

export interface VaultSidecarProps {
  readonly names: { readonly container: string; readonly seed: string; readonly state: string };
  readonly labels: Labels;
  readonly image: string;
  /** An image with a shell, to carry the wrapped SecretID. */
  readonly seedImage: string;
  /** `proxy` serves Vault's API, `agent` renders files. */
  readonly mode: 'proxy' | 'agent';
  readonly identity: VaultIdentity;
  readonly vault: VaultConnection;
  /** The rest of its configuration, next to the login. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Group that owns what it makes: a socket or a file. */
  readonly gid: number;
  readonly mounts: readonly Mount[];
  /** A path that exists as soon as it does its work. */
  readonly ready: string;
  readonly memoryMiB: number;
  readonly health: HealthSchedule;
}

/**
 * Vault Proxy or Vault Agent next to what needs Vault. It logs in by itself, renews its token, logs in again after Vault was sealed,
 * and is the only place where the SecretID is.
 */
export class VaultSidecar extends Construct {
  readonly container: Container;

  constructor(scope: Construct, id: string, props: VaultSidecarProps) {
    super(scope, id);
    const { identity, vault } = props;
    const state = new Volume(this, 'state', { name: props.names.state, labels: props.labels });
    const seed = new ConfigFiles(this, 'seed', {
      name: props.names.seed,
      image: props.seedImage,
      labels: props.labels,
      files: { wrapped: { content: identity.secretId.wrappingToken, mode: '0400' } },
      into: state,
    });
    this.container = new Container(this, 'container', {
      name: props.names.container,
      image: props.image,
      // Root of the container without any capability: it owns the state volume, and its group owns the socket.
      user: `0:${props.gid}`,
      labels: props.labels,
      entrypoint: ['sh', '-c', LOGIN_SCRIPT, 'login', props.mode],
      environment: {
        HOME: '/tmp',
        VAULT_ADDR: vault.address,
        ...(vault.namespace && { VAULT_NAMESPACE: vault.namespace }),
        ...(vault.caCertificate && { VAULT_CACERT_BYTES: vault.caCertificate }),
        ROLE_ID: identity.roleId,
        CREATION_PATH: identity.creationPath,
        CONFIG: JSON.stringify({ ...this.login(vault), ...props.config }),
      },
      mounts: [state.mount('/state'), ...props.mounts],
      scratch: { '/tmp': 1, '/vault/file': 1, '/vault/logs': 1 },
      network: { network: vault.network, ...(vault.sidecarAddress && { address: vault.sidecarAddress }) },
      memoryMiB: props.memoryMiB,
      // Starting the vault program for a check costs a hundred times what looking for a file does.
      healthcheck: ['CMD-SHELL', `test -s /tmp/logged-in && test -e ${props.ready}`],
      health: props.health,
      dependsOn: [identity.alias],
      replaceWith: [seed.resource],
    });
  }

  // Every block is a list of one: HCL's JSON form reads nested blocks no other way.
  private login(vault: VaultConnection): Record<string, unknown> {
    const method = {
      type: 'approle',
      mount_path: `auth/${vault.approleMount}`,
      config: [
        {
          role_id_file_path: '/tmp/role_id',
          secret_id_file_path: '/state/secret_id',
          remove_secret_id_file_after_reading: false,
        },
      ],
    };
    // Says that the login worked; wrapped for one second, so that the file holds nothing of use.
    const sink = { type: 'file', wrap_ttl: '1s', config: [{ path: '/tmp/logged-in', mode: 0o400 }] };
    return {
      vault: [{ address: vault.address, retry: [{ num_retries: -1 }] }],
      auto_auth: [{ method: [method], sink: [sink] }],
    };
  }
}
