import { dirname } from 'node:path/posix';
import { Construct } from 'constructs';
import { ConfigFiles } from '../engine/config-files';
import { attach, Container, type HealthSchedule } from '../engine/container';
import { platformLabels } from '../engine/labels';
import { Network } from '../engine/network';
import { Volume } from '../engine/volume';
import { IMAGES, type Images } from '../images';
import { PlatformNames } from '../names';
import { Subnet } from '../subnet';
import { rotating } from './rotate-audit-log';

/** A Vault as a platform sees it. */
export interface IVault {
  /** The address at which sidecars reach it. */
  readonly address: string;
  /** Subnets from which it sees the sidecars come. */
  readonly clientAddresses: readonly string[];
  readonly namespace?: string;
  readonly caCertificate?: string;
  readonly requestsPerSecond?: number;
  readonly auditFile?: string;
  /**
   * Subnet of the network that it shares with its sidecars and nothing else.
   * @default - it is elsewhere, and sees what the way to it makes of their addresses
   */
  readonly subnet?: string;
  /** Whether it runs in a container of this platform, next to what it protects. */
  readonly local: boolean;
}

export interface VaultAttributes {
  /** Such as `https://vault.care.internal:8200`. */
  readonly address: string;
  /** Subnets from which it sees the sidecars come: the Docker hosts, or what hides them. */
  readonly clientAddresses: readonly string[];
  /** @default - no namespace (an Enterprise feature) */
  readonly namespace?: string;
  /**
   * PEM of the authority that vouches for it, and then no other does.
   * @default - any authority that the images know
   */
  readonly caCertificate?: string;
  /** Requests a second that it takes from one sidecar on one mount. @default 100 */
  readonly requestsPerSecond?: number;
  /**
   * A file on Vault's own disk for an audit device of the platform; a second device goes to Vault's output.
   * @default - none: whoever runs Vault keeps its audit log
   */
  readonly auditFile?: string;
}

export interface VaultProps {
  /** @default nuts */
  readonly platform?: string;
  /** Subnet of the network that Vault and the sidecars share. Vault takes its second address. */
  readonly subnet: string;
  /**
   * Port on the host's loopback address at which Terraform and the command line reach it.
   * @default 8200
   */
  readonly port?: number;
  /** @default - the library's own versions */
  readonly images?: Partial<Images>;
  /** @default - a check each 10 s */
  readonly health?: HealthSchedule;
}

const USER = '18090:18090';
const AUDIT_FILE = '/vault/audit/audit.log';

/**
 * A local Vault with integrated storage, for development and tests: a real one, sealed after every restart, that somebody has to
 * initialise and unseal (`nuts-saas up` does). Production brings its own: `Vault.fromAddress`.
 */
export class Vault extends Construct implements IVault {
  /** A Vault that exists. */
  static fromAddress(attributes: VaultAttributes): IVault {
    return { ...attributes, local: false };
  }

  /** The local Vault as other stacks see it. */
  static fromSubnet(subnet: string, requestsPerSecond?: number): IVault {
    return {
      ...localAttributes(Subnet.parse(subnet)),
      ...(requestsPerSecond && { requestsPerSecond }),
      local: true,
    };
  }

  readonly address: string;
  readonly clientAddresses: readonly string[];
  readonly subnet: string;
  readonly auditFile = AUDIT_FILE;
  readonly local = true;
  readonly container: Container;

  /** @throws when the subnet isn't one, or is smaller than a /28 */
  constructor(scope: Construct, id: string, props: VaultProps) {
    super(scope, id);
    const names = new PlatformNames(props.platform);
    const labels = platformLabels(names.platform);
    const images = { ...IMAGES, ...props.images };
    const subnet = Subnet.parse(props.subnet);
    ({ address: this.address, clientAddresses: this.clientAddresses } = localAttributes(subnet));
    this.subnet = subnet.cidr;

    const network = new Network(this, 'network', {
      name: names.of('vault'),
      subnet,
      dynamicRange: upperHalf(subnet),
      labels,
    });
    const data = new Volume(this, 'data', { name: names.of('vault-data'), labels, protect: true });
    const audit = new Volume(this, 'audit', { name: names.of('vault-audit'), labels, protect: true });
    const config = new ConfigFiles(this, 'config', {
      name: names.of('vault-config'),
      image: images.redis,
      labels,
      files: { 'vault.json': { content: `${JSON.stringify(this.config(subnet), null, 2)}\n` } },
      prepares: [data, audit],
    });
    this.container = new Container(this, 'container', {
      name: names.of('vault'),
      image: images.vault,
      user: USER,
      labels,
      entrypoint: rotating(AUDIT_FILE, ['vault', 'server', '-config=/etc/nuts-vault/vault.json']),
      environment: { HOME: '/tmp' },
      mounts: [
        config.mountReadOnly('/etc/nuts-vault'),
        data.mount('/vault/data'),
        audit.mount(dirname(AUDIT_FILE)),
      ],
      scratch: { '/tmp': 8, '/vault/file': 1, '/vault/logs': 1 },
      network: attach(network, subnet.at(2)),
      loopbackPort: { host: props.port ?? 8200, container: 8200 },
      memoryMiB: 512,
      // A sealed Vault answers with 2: it is alive, and waits for its keys.
      healthcheck: [
        'CMD-SHELL',
        'vault status -address=http://127.0.0.1:8200 >/tmp/status 2>&1; [ $? -ne 1 ]',
      ],
      health: props.health ?? {},
      dependsOn: [config.resource],
      replaceWith: [config.resource],
    });
  }

  private config(subnet: Subnet): Record<string, unknown> {
    const address = subnet.at(2);
    return {
      listener: [
        { tcp: { address: `${address}:8200`, tls_disable: true } },
        { tcp: { address: '127.0.0.1:8200', tls_disable: true } },
      ],
      storage: { raft: { path: '/vault/data', node_id: 'local' } },
      api_addr: `http://${address}:8200`,
      cluster_addr: `https://${address}:8201`,
      // mlock needs a capability; this container has no swap to leak to, since its memory and swap limits are equal.
      disable_mlock: true,
      ui: false,
    };
  }
}

function localAttributes(subnet: Subnet): Omit<IVault, 'local'> & { subnet: string } {
  return {
    address: `http://${subnet.at(2)}:8200`,
    clientAddresses: [subnet.cidr],
    subnet: subnet.cidr,
    auditFile: AUDIT_FILE,
  };
}

function upperHalf(subnet: Subnet): Subnet {
  const [, upper] = subnet.split(subnet.prefix + 1);
  if (upper === undefined || subnet.prefix > 28)
    throw new Error(`${subnet.cidr} is too small for Vault and its sidecars; use at least a /28`);
  return upper;
}
