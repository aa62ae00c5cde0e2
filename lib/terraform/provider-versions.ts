import type { TerraformStack } from 'cdktf';

/**
 * The provider versions that stacks accept: from the first with everything that is used, up to the next major that was not tried.
 * The bindings themselves demand one exact version each, which would keep security fixes out.
 */
export const PROVIDER_VERSIONS = {
  docker: '>= 3.6.2, < 5.0.0',
  vault: '>= 5.9.0, < 6.0.0',
} as const;

/** Widens the exact provider versions that the bindings pin. Terraform 1.11 is the first with write-only arguments. */
export function acceptProviderVersions(
  stack: TerraformStack,
  providers: readonly (keyof typeof PROVIDER_VERSIONS)[],
): void {
  for (const provider of providers)
    stack.addOverride(`terraform.required_providers.${provider}.version`, PROVIDER_VERSIONS[provider]);
  stack.addOverride('terraform.required_version', '>= 1.11.0');
}
