import { hostNameProblem } from '../host-name';
import type { NutsTenantProps } from './nuts-tenant';

/** @throws when the url isn't just `https://` and a host that the internet could have */
export function checkUrl(url: string): void {
  const { hostname } = new URL(url);
  if (url !== `https://${hostname}`)
    throw new Error(`url "${url}" must be https:// and a host name only, such as https://${hostname}`);
  const problem = hostNameProblem(hostname);
  if (problem !== undefined) throw new Error(`url "${url}" can't be used: ${problem}`);
}

/** @throws when the release can't do what is asked of it */
export function checkRelease({ release, didMethods, sql }: NutsTenantProps): void {
  if (didMethods.length === 0) throw new Error('didMethods must name at least one of web, nuts');
  if (release === 'v5.4' && didMethods.some((method) => method !== 'nuts'))
    throw new Error(`release v5.4 knows only did:nuts; didMethods says ${didMethods.join(', ')}`);
  if (release === 'v5.4' && sql !== undefined)
    throw new Error('release v5.4 has no SQL database; leave sql out');
}
