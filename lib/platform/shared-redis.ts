import { Mount } from '@cdktf/provider-vault/lib/mount';
import { Construct } from 'constructs';
import { ConfigFiles } from '../engine/config-files';
import { attach, Container, type HealthSchedule } from '../engine/container';
import type { Labels } from '../engine/labels';
import { Network } from '../engine/network';
import { restartOnChange } from '../engine/restart-on-change';
import { Volume } from '../engine/volume';
import type { Images } from '../images';
import type { PlatformNames } from '../names';
import { MEMORY_LIMIT } from '../redis/server-config';
import {
  AS_ADMINISTRATOR,
  CERTIFICATE_FILE,
  FILES_DIRECTORY,
  SHARED_CONFIG,
  START_SHARED,
  USERS_FILE,
  usersTemplate,
} from '../redis/shared-server';
import { VaultIdentity } from '../vault/vault-identity';
import { VaultSidecar } from '../vault/vault-sidecar';
import type { VaultConnection } from '../vault/vault-connection';
import type { CertificateAuthority } from './certificate-authority';

export interface SharedRedisProps {
  readonly names: PlatformNames;
  readonly labels: Labels;
  readonly images: Images;
  readonly health: HealthSchedule;
  /** The network of the server and the tenants' tunnels. */
  readonly network: Network;
  /** The host of its certificate. */
  readonly serverName: string;
  readonly vault: VaultConnection;
  readonly authority: CertificateAuthority;
  /** MiB of memory of the container; changed without replacing it. @default 512 */
  readonly memoryMiB?: number;
}

const UID = 18082;
const GID = 18083;
const NINETY_DAYS = 90 * 24 * 60 * 60;
// How soon a new tenant, or a new password, is known.
const LOOK_EVERY = '5s';

/**
 * A Redis for several tenants, over TLS only, on a network where nothing listens but it. Each tenant is a user with its own keys; who
 * they are is read from Vault, where each tenant's stack writes down its own, so a tenant that comes or goes changes nothing here.
 */
export class SharedRedis extends Construct {
  readonly container: Container;
  /** Path of the KV v2 mount from which it reads its users. */
  readonly mount: string;

  constructor(scope: Construct, id: string, props: SharedRedisProps) {
    super(scope, id);
    const { names, labels, images, health, network, serverName } = props;
    const mount = new Mount(this, 'mount', {
      path: names.redisMount,
      type: 'kv',
      options: { version: '2' },
      description: 'Users of the shared Redis and their passwords',
      lifecycle: { preventDestroy: true },
    });
    this.mount = mount.path;
    const role = names.redisIdentity;
    props.authority.addServerRole('redis-role', role, [serverName], NINETY_DAYS);
    const identity = new VaultIdentity(this, 'identity', {
      name: role,
      entity: role,
      vault: props.vault,
      rules: [
        { path: `${names.pkiMount}/issue/${role}`, capabilities: ['create', 'update'] },
        { path: `${mount.path}/metadata/users`, capabilities: ['list'] },
        { path: `${mount.path}/metadata/users/`, capabilities: ['list'] },
        { path: `${mount.path}/data/users/+`, capabilities: ['read'] },
        { path: `${mount.path}/data/passwords/+/+`, capabilities: ['read'] },
      ],
      metadata: { platform: names.platform },
    });
    const files = new Volume(this, 'files', {
      name: names.of('redis-secrets-files'),
      labels,
      memory: { sizeMiB: 4, mode: '0750', uid: 0, gid: GID },
    });
    const agent = new VaultSidecar(this, 'agent', {
      names: {
        container: names.of('redis-secrets'),
        seed: names.of('redis-secrets-seed'),
        state: names.of('redis-secrets-state'),
      },
      labels,
      image: images.vault,
      seedImage: images.redis,
      mode: 'agent',
      identity,
      vault: props.vault,
      config: {
        template_config: [{ static_secret_render_interval: LOOK_EVERY }],
        template: [
          {
            destination: CERTIFICATE_FILE,
            perms: '0440',
            contents: `{{ with pkiCert "${names.pkiMount}/issue/${role}" "common_name=${serverName}" }}{{ .Cert }}{{ .Key }}{{ end }}`,
          },
          {
            destination: USERS_FILE,
            perms: '0440',
            error_on_missing_key: true,
            contents: usersTemplate(mount.path),
          },
        ],
      },
      gid: GID,
      mounts: [files.mount(FILES_DIRECTORY)],
      ready: USERS_FILE,
      memoryMiB: 128,
      health,
    });
    const data = new Volume(this, 'data', { name: names.of('redis-data'), labels, protect: true });
    const config = new ConfigFiles(this, 'config', {
      name: names.of('redis-config'),
      image: images.redis,
      labels,
      files: { 'redis.conf': { content: SHARED_CONFIG } },
      prepares: data,
    });
    this.container = new Container(this, 'container', {
      name: names.of('redis'),
      image: images.redis,
      user: `${UID}:${GID}`,
      labels,
      entrypoint: restartOnChange(['/etc/redis/*', CERTIFICATE_FILE, MEMORY_LIMIT]),
      command: ['sh', '-c', START_SHARED],
      mounts: [
        config.mountReadOnly('/etc/redis'),
        files.mountReadOnly(FILES_DIRECTORY),
        data.mount('/redis'),
      ],
      scratch: { '/tmp': 4, '/data': 1 },
      network: attach(network, network.subnet.at(2)),
      memoryMiB: props.memoryMiB ?? 512,
      healthcheck: ['CMD-SHELL', `${AS_ADMINISTRATOR} ping | grep -x PONG`],
      health,
      dependsOn: [config.resource, agent.container.resource],
    });
  }
}
