// In reading order: the platform, a tenant, its parts, what they are made of.
export { NutsPlatform } from './platform/nuts-platform';
export type { NutsPlatformProps } from './platform/nuts-platform';
export type { INutsPlatform, NutsPlatformAttributes } from './platform/platform-base';
export { Vault } from './platform/vault';
export type { IVault, VaultAttributes, VaultProps } from './platform/vault';
export { ReverseProxy } from './platform/reverse-proxy';
export type { ReverseProxyProps } from './platform/reverse-proxy';
export type { ProxyTls } from './platform/proxy-tls';

export { NutsTenant } from './tenant/nuts-tenant';
export type { NutsTenantProps } from './tenant/nuts-tenant';
export type { ApiAccess, ApiClient, ApiGuards } from './tenant/api-access';
export type { RequestLimit, TrafficLimits } from './tenant/traffic-limits';
export { NutsNode } from './tenant/nuts-node';
export type { NutsNodeOptions, NutsNodeProps } from './tenant/nuts-node';
export type { DidMethod, NodeOptions, Release } from './tenant/node-config/node-settings';
export { Redis } from './tenant/redis';
export type { RedisProps } from './tenant/redis';
export { VaultProxy } from './tenant/vault-proxy';
export type { VaultProxyProps } from './tenant/vault-proxy';
export { NodeCertificate } from './tenant/node-certificate';
export type { NodeCertificateProps } from './tenant/node-certificate';
export { ProxyRoute } from './tenant/proxy-route';
export type { ProxyRouteProps } from './tenant/proxy-route';
export { TenantData } from './tenant/tenant-data';

export { VaultIdentity } from './vault/vault-identity';
export type { VaultIdentityProps } from './vault/vault-identity';
export type { VaultConnection } from './vault/vault-connection';
export type { PolicyRule } from './vault/policy';
export type { HealthSchedule } from './engine/container';
export { IMAGES } from './images';
export type { Images } from './images';
export { PlatformNames, TenantHosts, TenantNames } from './names';
export { acceptProviderVersions } from './terraform/provider-versions';
