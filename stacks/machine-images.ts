import type { Images } from '../lib/images';

/**
 * Images that this machine built itself because it can't reach a registry: `nuts-saas env` sets the variable.
 *
 * @throws when the variable isn't JSON
 */
export function machineImages(environment: NodeJS.ProcessEnv = process.env): Partial<Images> {
  const given = environment.NUTS_SAAS_IMAGES;
  return given ? (JSON.parse(given) as Partial<Images>) : {};
}
