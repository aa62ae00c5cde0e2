import { AuthBackend } from '@cdktf/provider-vault/lib/auth-backend';
import { Mount } from '@cdktf/provider-vault/lib/mount';
import type { Construct } from 'constructs';
import { platformLabels } from '../engine/labels';
import { Network } from '../engine/network';
import type { IVolume } from '../engine/volume';
import type { SharedRedisConnection } from '../redis/shared-redis-connection';
import { Subnet } from '../subnet';
import { LoginLockout } from '../vault/login-lockout';
import type { VaultConnection } from '../vault/vault-connection';
import { CertificateAuthority } from './certificate-authority';
import {
  ImportedPlatform,
  type INutsPlatform,
  type NutsPlatformAttributes,
  PlatformBase,
} from './platform-base';
import { GivenTls, PlatformCaTls, type ProxyTls } from './proxy-tls';
import { Egress } from './egress';
import type { EgressPolicy } from './egress-rules';
import { Resolver } from './resolver';
import { ReverseProxy } from './reverse-proxy';
import { routesVolume } from './routes';
import { shareRedis } from './share-redis';
import type { IVault } from './vault';
import { VaultAudit } from './vault-audit';
import { VaultQuota } from '../vault/vault-quota';

export interface NutsPlatformProps extends NutsPlatformAttributes {
  /** `production` refuses what only development may use: a local Vault, and certificates of the platform's own authority. */
  readonly environment: 'development' | 'production';
  /**
   * Address of the host on which the proxy listens; `0.0.0.0` for all.
   * @default - the first address of the edge subnet
   */
  readonly address?: string;
  /** @default 443 */
  readonly httpsPort?: number;
  /** @default 5555 */
  readonly grpcPort?: number;
  /** Loopback port of the proxy's health check. @default 8079 */
  readonly pingPort?: number;
  /**
   * Subnet of the network that joins sidecars with Vault. A local Vault has made that network already.
   * @default - required with a Vault that isn't local
   */
  readonly vaultSubnet?: string;
  /**
   * Hosts outside the domain, of customers who bring their own: the platform's authority and resolver must know them.
   * @default - none
   */
  readonly customerHosts?: readonly string[];
  /** What tenants may reach beyond the public internet, and how often. @default - nothing, and as often as they like */
  readonly egress?: Partial<Pick<EgressPolicy, 'exceptions' | 'outboundLimit' | 'outboundLimits'>>;
  /**
   * Whether tenants share a certificate: it then has a place in Vault.
   * @default false
   */
  readonly sharedCertificate?: boolean;
}

/** What tenants share: the reverse proxy with its certificates, the way to log in to Vault, the platform's own authority. */
export class NutsPlatform extends PlatformBase {
  /**
   * The platform as the stack of a tenant sees it. Nothing is read from another stack's state: names follow from the attributes,
   * and what Vault made up itself is asked of Vault.
   */
  static fromAttributes(scope: Construct, id: string, attributes: NutsPlatformAttributes): INutsPlatform {
    return new ImportedPlatform(scope, id, attributes);
  }

  readonly vault: VaultConnection;
  readonly routes: IVolume;
  readonly authorityCertificate: string;
  readonly authorityPath: string;
  readonly redis?: SharedRedisConnection;
  readonly proxy: ReverseProxy;
  /** Undefined where the tenants' subnets aren't known. */
  readonly egress?: Egress;

  /** @throws when a production platform would use what only development may, or an address is missing */
  constructor(scope: Construct, id: string, props: NutsPlatformProps) {
    super(scope, id, props);
    const tls = props.tls ?? { issuer: 'platform-ca' };
    if (props.environment === 'production') refuseInProduction(props.vault, tls);
    const address = props.address ?? this.resolverAddress;
    if (address === undefined) throw new Error('the proxy needs an address, or the platform an edgeSubnet');

    const { names, images, health } = this;
    const labels = platformLabels(names.platform);
    const parts = { names, labels, images, health };
    const customerHosts = [...(props.customerHosts ?? [])].sort();

    const network = props.vault.local ? undefined : this.joinSidecars(props.vaultSubnet);
    const approle = new AuthBackend(this, 'approle', { type: 'approle', path: names.approleMount });
    this.vault = { ...this.connect(approle.accessor, network), approleMount: approle.path };
    new VaultQuota(this, 'login-quota', {
      name: names.loginQuota,
      mount: `auth/${approle.path}`,
      vault: this.vault,
    });
    const { auditFile } = props.vault;
    if (auditFile !== undefined) new VaultAudit(this, 'audit', { names, file: auditFile });

    const authority = new CertificateAuthority(this, 'authority', {
      mount: names.pkiMount,
      commonName: `Nuts platform ${names.platform} (${props.domain})`,
    });
    this.authorityCertificate = authority.certificate;
    this.authorityPath = authority.path;
    new LoginLockout(this, 'login-lockout', { approleMount: approle.path });

    if (props.sharedCertificate)
      new Mount(this, 'shared-certificate', {
        path: names.sharedMount,
        type: 'kv',
        options: { version: '2' },
        description: 'The certificate that tenants share',
        lifecycle: { preventDestroy: true },
      });
    if (props.redis)
      this.redis = shareRedis(this, {
        ...parts,
        source: props.redis,
        domain: props.domain,
        authority,
        vault: this.vault,
      });

    const routes = routesVolume(this, 'routes', names.of('routes'), labels);
    this.routes = routes;
    const certificate =
      tls.issuer === 'platform-ca'
        ? new PlatformCaTls(this, 'tls', {
            ...parts,
            authority,
            routes,
            vault: this.vaultForProxy(),
            hosts: [props.domain, `*.${props.domain}`, ...customerHosts],
          })
        : new GivenTls(this, 'tls', { ...parts, tls, routes });

    const edge = props.edgeSubnet
      ? new Network(this, 'edge', {
          name: names.of('edge'),
          subnet: Subnet.parse(props.edgeSubnet),
          labels,
          masquerade: false,
        })
      : undefined;
    const egress = this.holdBack(props, address);
    if (egress) this.egress = egress;
    if (edge) new Resolver(this, 'resolver', { ...parts, edge, zones: [props.domain, ...customerHosts] });

    this.proxy = new ReverseProxy(this, 'proxy', {
      ...parts,
      address,
      httpsPort: props.httpsPort ?? 443,
      grpcPort: props.grpcPort ?? 5555,
      pingPort: props.pingPort ?? 8079,
      tls,
      routes,
      dependsOn: [certificate.ready, ...(edge ? [edge.resource] : [])],
    });
  }

  private holdBack(props: NutsPlatformProps, address: string): Egress | undefined {
    const { tenantSubnets, egress, vault } = props;
    if (tenantSubnets === undefined) return undefined;
    const sidecars = props.vaultSubnet ?? vault.subnet;
    const { names, images, health } = this;
    return new Egress(this, 'egress', {
      names,
      images,
      health,
      labels: platformLabels(names.platform),
      policy: {
        tenants: Subnet.parse(tenantSubnets),
        proxy: { address, ports: [props.httpsPort ?? 443, props.grpcPort ?? 5555] },
        exceptions: [],
        ...egress,
        ...(this.resolverAddress && { resolver: this.resolverAddress }),
        ...(sidecars && { sidecars: { subnet: Subnet.parse(sidecars), vault: vault.address } }),
      },
    });
  }

  private joinSidecars(subnet: string | undefined): string {
    if (subnet === undefined)
      throw new Error('with a Vault that is not local the platform needs a vaultSubnet');
    return new Network(this, 'vault-network', {
      name: this.names.of('vault'),
      subnet: Subnet.parse(subnet),
      labels: platformLabels(this.names.platform),
    }).name;
  }
}

function refuseInProduction(vault: IVault, tls: ProxyTls): void {
  if (vault.local)
    throw new Error(
      'environment "production" refuses the local Vault, whose keys lie next to it: use Vault.fromAddress',
    );
  if (tls.issuer === 'platform-ca')
    throw new Error(
      'environment "production" refuses public certificates of the platform\'s own authority: set tls to acme or files',
    );
}
