import { nameOf, platformOf, tenantOf } from '../containers';
import type { Resource } from '../stack-json';

/** What of a platform lives in the host's own network namespace, by the end of its name, and the capability that each keeps there. */
export const ON_HOST_NETWORK: Readonly<Record<string, string>> = {
  proxy: 'CAP_NET_BIND_SERVICE',
  resolver: 'CAP_NET_BIND_SERVICE',
  egress: 'CAP_NET_ADMIN',
};

/** The part of the platform that a container is, when it is one that lives on the host's network. */
export function hostPart(container: Resource): string | undefined {
  const platform = platformOf(container);
  if (platform === undefined || tenantOf(container) !== undefined) return undefined;
  return Object.keys(ON_HOST_NETWORK).find((part) => nameOf(container) === `${platform}-platform-${part}`);
}
