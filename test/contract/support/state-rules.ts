import { containers, nameOf, uploadsOf } from './containers';
import { mutableResources, type Mutable, type Rule } from './rules';
import { list, object, objects, type Resource, textOf } from './stack-json';

/** A rule for every resource that a type and a path choose. */
function every(
  name: string,
  type: string,
  chosen: RegExp,
  holds: (resource: Resource) => boolean,
  change: (resource: Mutable) => void,
): Rule {
  return {
    name,
    findings: (stack) =>
      stack
        .resources(type)
        .filter((resource) => chosen.test(resource.path) && !holds(resource))
        .map(({ address }) => `${stack.name}: ${address}`),
    breakIt: (json) => {
      const victims = mutableResources(json, type).filter((resource) => chosen.test(pathOf(resource)));
      victims.forEach(change);
      return victims.length > 0;
    },
  };
}

function pathOf(resource: Mutable): string {
  const { metadata } = resource['//'] as { metadata: { path: string } };
  return metadata.path;
}

const unprotect = (resource: Mutable) => delete resource.lifecycle;

export const STATE_RULES: readonly Rule[] = [
  every(
    "a container's network has IPv4 alone: no rule of the host looks at anything else",
    'docker_network',
    /./,
    ({ values }) =>
      values.ipv6 !== true &&
      objects(values.ipam_config).every(({ subnet }) => /^[\d.]+\/\d+$/.test(textOf(subnet))),
    (network) => (network.ipv6 = true),
  ),
  every(
    'Vault answers one sidecar so often and no more',
    'vault_quota_rate_limit',
    /./,
    ({ values }) => Number(values.rate) > 0 && /[^/]\/$/.test(textOf(values.path)),
    (quota) => (quota.path = ''),
  ),
  every(
    'an audit device shows no secret',
    'vault_audit',
    /./,
    ({ values }) => object(values.options ?? {}).log_raw === undefined,
    (device) => (device.options = { file_path: 'stdout', log_raw: 'true' }),
  ),
  every(
    'a record keeps its first value',
    'terraform_data',
    /(identity|-store)\/record$/,
    ({ values }) => list(object(values.lifecycle ?? {}).ignore_changes).includes('input'),
    unprotect,
  ),
  {
    name: 'what carries files never runs and is on no network',
    findings: (stack) =>
      containers(stack)
        .filter((container) => Object.keys(uploadsOf(container)).length > 0)
        .filter(({ values }) => values.start !== false || values.network_mode !== 'none')
        .map((container) => `${stack.name}: ${nameOf(container)}`),
    breakIt: (json) => {
      const carriers = mutableResources(json, 'docker_container').filter(
        ({ upload }) => upload !== undefined,
      );
      for (const carrier of carriers) carrier.start = true;
      return carriers.length > 0;
    },
  },
];
