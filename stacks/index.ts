export { VaultStack } from './vault-stack';
export type { VaultStackProps } from './vault-stack';
export { PlatformStack } from './platform-stack';
export type { PlatformStackProps } from './platform-stack';
export { NutsTenantStack } from './nuts-tenant-stack';
export type { NutsTenantStackProps } from './nuts-tenant-stack';
export { configureTerraform } from './terraform-settings';
export type { StateBackend, TerraformSettings } from './terraform-settings';
