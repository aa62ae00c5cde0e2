import { readFileSync } from 'node:fs';
import { PlatformNames } from '../../lib/names';
import { inPackage } from '../../toolchain/package-root';

/** The published policy of whoever applies the stacks, for a platform of any name. */
export function operatorPolicy(platform: string): { name: string; text: string } {
  const published = readFileSync(inPackage('policies', 'vault-operator.hcl'), 'utf8');
  return {
    name: new PlatformNames(platform).operatorPolicy,
    text: published.replaceAll(/\bnuts(?=[-./])/g, platform).replace('called "nuts"', `called "${platform}"`),
  };
}
