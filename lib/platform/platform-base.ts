import { DataVaultAuthBackend } from '@cdktf/provider-vault/lib/data-vault-auth-backend';
import { DataVaultPkiSecretBackendIssuer } from '@cdktf/provider-vault/lib/data-vault-pki-secret-backend-issuer';
import { Annotations } from 'cdktf';
import { Construct } from 'constructs';
import type { HealthSchedule } from '../engine/container';
import { Volume, type IVolume } from '../engine/volume';
import { IMAGES, type Images } from '../images';
import { PlatformNames } from '../names';
import { Subnet } from '../subnet';
import { literal } from '../terraform/literal';
import { proxySidecarAddress, sidecarAddress, type TenantSidecar } from '../vault/sidecar-address';
import {
  sharedRedisConnection,
  type SharedRedisConnection,
  type SharedRedisSource,
} from '../redis/shared-redis-connection';
import type { VaultConnection } from '../vault/vault-connection';
import { ACME_RESOLVER, type ProxyTls } from './proxy-tls';
import type { IVault } from './vault';

/** What a tenant needs of the platform that it runs on. */
export interface INutsPlatform {
  readonly names: PlatformNames;
  readonly domain: string;
  readonly images: Images;
  readonly health: HealthSchedule;
  readonly vault: VaultConnection;
  /** Vault for one sidecar of a tenant: from an address of its own, where the platform can give it one. */
  vaultFor(tenant: Subnet, sidecar: TenantSidecar): VaultConnection;
  /** The directory from which the proxy reads routes. */
  readonly routes: IVolume;
  /** Where tenants' nodes look up names; undefined where the host's own resolver knows them. */
  readonly resolverAddress?: string;
  /** What issues the certificates of public hosts, as Traefik names it; undefined where it isn't ACME. */
  readonly certificateResolver?: string;
  /** PEM certificate of the platform's own authority. */
  readonly authorityCertificate: string;
  /** Path of that authority in Vault. */
  readonly authorityPath: string;
  /** PEM of the authorities whose certificates nodes of the network have, where that isn't the platform's own. */
  readonly truststore?: string;
  /** Where those authorities publish what they revoked. */
  readonly revocationLists?: readonly string[];
  /** Whether the public hosts' certificates come from that authority, so that nodes must trust it. */
  readonly trustsOwnAuthority: boolean;
  /** A Redis that tenants may share; undefined where there is none. */
  readonly redis?: SharedRedisConnection;
}

/** What the platform is to all its stacks: its own, and those of its tenants. */
export interface NutsPlatformAttributes {
  /**
   * First part of every name, so that two platforms can share an engine.
   * @default nuts
   */
  readonly name?: string;
  /** The domain under which tenants get their hosts, such as `nuts.care-provider.nl`. */
  readonly domain: string;
  readonly vault: IVault;
  /** @default - from the platform's own authority */
  readonly tls?: ProxyTls;
  /**
   * A small subnet whose first address the proxy and a resolver of the platform's own share on the host, so that tenants find
   * each other without public DNS.
   * @default - none: public DNS names the tenants' hosts
   */
  readonly edgeSubnet?: string;
  /**
   * The pool that the subnets of all tenants are in. With it tenants are held back from everything that isn't the public internet,
   * and beside a local Vault each sidecar has an address of its own.
   * @default - neither
   */
  readonly tenantSubnets?: string;
  /**
   * PEM of the authorities that issue certificates in the network of did:nuts: root and intermediates, and nothing else.
   * @default - none: only certificates of the platform's own authority can be used
   */
  readonly truststore?: string;
  /**
   * Where each of those authorities publishes what it revoked. Without it the node-to-node HTTP host of release v6 isn't routed.
   * @default - none
   */
  readonly revocationLists?: readonly string[];
  /** @default - none: every tenant has a Redis of its own */
  readonly redis?: SharedRedisSource;
  /** @default - the library's own versions */
  readonly images?: Partial<Images>;
  /** @default - a check each 10 s */
  readonly health?: HealthSchedule;
}

/** What follows from the attributes alone, for the platform's own stack and for those of its tenants alike. */
export abstract class PlatformBase extends Construct implements INutsPlatform {
  readonly names: PlatformNames;
  readonly domain: string;
  readonly images: Images;
  readonly health: HealthSchedule;
  readonly resolverAddress?: string;
  readonly certificateResolver?: string;
  readonly trustsOwnAuthority: boolean;
  readonly truststore?: string;
  readonly revocationLists?: readonly string[];
  abstract readonly vault: VaultConnection;
  abstract readonly routes: IVolume;
  abstract readonly authorityCertificate: string;
  abstract readonly authorityPath: string;
  abstract readonly redis?: SharedRedisConnection;

  constructor(
    scope: Construct,
    id: string,
    private readonly attributes: NutsPlatformAttributes,
  ) {
    super(scope, id);
    this.names = new PlatformNames(attributes.name);
    this.domain = attributes.domain;
    this.images = { ...IMAGES, ...attributes.images };
    this.health = attributes.health ?? {};
    const issuer = attributes.tls?.issuer ?? 'platform-ca';
    if (issuer === 'acme') this.certificateResolver = ACME_RESOLVER;
    this.trustsOwnAuthority = issuer === 'platform-ca';
    if (attributes.truststore) this.truststore = literal(attributes.truststore);
    if (attributes.revocationLists) this.revocationLists = attributes.revocationLists;
    if (attributes.edgeSubnet) this.resolverAddress = Subnet.parse(attributes.edgeSubnet).at(1);
  }

  vaultFor(tenant: Subnet, sidecar: TenantSidecar): VaultConnection {
    const { vault, tenantSubnets } = this.attributes;
    if (vault.subnet === undefined || tenantSubnets === undefined) return this.vault;
    const own = sidecarAddress(Subnet.parse(vault.subnet), Subnet.parse(tenantSubnets), tenant, sidecar);
    if (own === undefined)
      Annotations.of(this).addWarning(
        `${vault.subnet}, the network of Vault, has no address set aside for the ${sidecar} of the tenant on ${tenant.cidr}: its login is good from all of that network`,
      );
    return fromAddress(this.vault, own);
  }

  protected vaultForProxy(): VaultConnection {
    const { subnet } = this.attributes.vault;
    return fromAddress(this.vault, subnet && proxySidecarAddress(Subnet.parse(subnet)));
  }

  protected connect(approleAccessor: string, network = this.names.of('vault')): VaultConnection {
    const { address, clientAddresses, namespace, caCertificate, requestsPerSecond } = this.attributes.vault;
    return {
      address,
      clientAddresses,
      network,
      requestsPerSecond: requestsPerSecond ?? 100,
      ...(caCertificate && { caCertificate }),
      approleMount: this.names.approleMount,
      approleAccessor,
      ...(namespace && { namespace }),
    };
  }
}

/** A login from there, and from nowhere else. */
function fromAddress(vault: VaultConnection, address: string | undefined): VaultConnection {
  return address === undefined
    ? vault
    : { ...vault, sidecarAddress: address, clientAddresses: [`${address}/32`] };
}

/** The platform as the stack of a tenant sees it. */
export class ImportedPlatform extends PlatformBase {
  readonly redis?: SharedRedisConnection;
  readonly vault: VaultConnection;
  readonly routes: IVolume;
  readonly authorityCertificate: string;
  readonly authorityPath: string;

  constructor(scope: Construct, id: string, attributes: NutsPlatformAttributes) {
    super(scope, id, attributes);
    this.authorityPath = this.names.pkiMount;
    const approle = new DataVaultAuthBackend(this, 'approle', { path: this.names.approleMount });
    this.vault = this.connect(approle.accessor);
    this.routes = Volume.fromName(this.names.of('routes'));
    this.authorityCertificate = new DataVaultPkiSecretBackendIssuer(this, 'authority', {
      backend: this.authorityPath,
      issuerRef: 'default',
    }).certificate;
    if (attributes.redis) this.redis = sharedRedisConnection(attributes.redis, this);
  }
}
