import { dirname, delimiter } from 'node:path';
import { localImages } from './images';
import { hasBuiltProviders, terraformConfigFile } from './providers';
import { cachedTerraform } from './terraform';
import { ToolchainError } from './toolchain-error';

/** Environment variables with which cdktf, Terraform and the stacks find what the toolchain got. Reads files only. */
export function toolchainEnvironment(): Record<string, string> {
  const configuration = terraformConfigFile();
  const terraform = cachedTerraform();
  const images = { ...localImages(), ...chosenImages() };
  return {
    // Without it, Terraform and cdktf-cli wait for a server that only knows about newer versions.
    CHECKPOINT_DISABLE: '1',
    ...(configuration !== undefined && { TF_CLI_CONFIG_FILE: configuration }),
    ...(terraform !== undefined && {
      PATH: [dirname(terraform), process.env.PATH ?? ''].join(delimiter),
    }),
    ...(Object.keys(images).length > 0 && { NUTS_SAAS_IMAGES: JSON.stringify(images) }),
  };
}

/** Whether providers were built here: then `terraform providers lock` can't work, and `cdktf deploy` needs --skip-provider-lock. */
export function providersAreLocal(): boolean {
  return hasBuiltProviders();
}

/** What the user has set goes before what was built here. */
function chosenImages(): object {
  const value = process.env.NUTS_SAAS_IMAGES;
  if (value === undefined || value === '') return {};
  try {
    const images: unknown = JSON.parse(value);
    if (typeof images === 'object' && images !== null && !Array.isArray(images)) return images;
  } catch {
    // Told below, with what it should have been.
  }
  throw new ToolchainError({
    what: 'NUTS_SAAS_IMAGES is not a JSON object.',
    why: `It is: ${value}`,
    remedy: 'unset it, or write it like {"redis":"registry.example.org/redis:7.2"}.',
  });
}
