import { hostPart, ON_HOST_NETWORK } from '../knowledge/host-network';
import { eachContainer, type Rule } from '../rule';
import { block, list, textOf, type Resource } from '../stack-json';

export const capabilities: Rule = {
  id: 'capabilities',
  severity: 'error',
  cause:
    'A container keeps capabilities of Linux other than the one for ports below 1024, or can gain privileges.',
  why: 'With most capabilities a way out of the container is known.',
  remedy: "drop ALL, add nothing, and set security_opts to ['no-new-privileges:true']",
  sightings: eachContainer((container) => {
    const { drop, add } = block(container.values.capabilities);
    if (!list(drop).map(capability).includes('ALL')) return 'it keeps the capabilities that Docker gives';
    const refused = list(add)
      .map(capability)
      .filter((name) => !allowed(container).includes(name));
    if (refused.length > 0) return `it has ${refused.join(', ')}`;
    return list(container.values.security_opts)
      .map(textOf)
      .some((option) => /^no-new-privileges([:=]true)?$/.test(option))
      ? undefined
      : 'it can gain privileges';
  }),
};

function capability(name: unknown): string {
  return String(name).toUpperCase().replace(/^CAP_/, '');
}

function allowed(container: Resource): string[] {
  const part = hostPart(container);
  return ['NET_BIND_SERVICE', ...(part === undefined ? [] : [capability(ON_HOST_NETWORK[part])])];
}
