import { containers, nameOf, uploadsOf } from './containers';
import { mutableResources, type Mutable, type Rule } from './rules';
import { list, object, type Resource, textOf } from './stack-json';

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

const isProtected = ({ values }: Resource) => object(values.lifecycle ?? {}).prevent_destroy === true;
const unprotect = (resource: Mutable) => delete resource.lifecycle;

export const STATE_RULES: readonly Rule[] = [
  every(
    'data volumes are protected',
    'docker_volume',
    /\/data\/(node|redis\/|postgres\/|Resource)/,
    isProtected,
    unprotect,
  ),
  every("the ACME account's volume is protected", 'docker_volume', /proxy\/acme\//, isProtected, unprotect),
  every(
    "a tenant's mounts in Vault are protected",
    'vault_mount',
    /\/data\/(keys|secrets)$/,
    isProtected,
    unprotect,
  ),
  every(
    "a tenant's records are protected",
    'terraform_data',
    /(identity|-store)\/record$/,
    isProtected,
    unprotect,
  ),
  every(
    'a record keeps its first value',
    'terraform_data',
    /(identity|-store)\/record$/,
    ({ values }) => list(object(values.lifecycle ?? {}).ignore_changes).includes('input'),
    unprotect,
  ),
  every(
    'a login has no policy but its own, ends by itself, and is bound to where sidecars are',
    'vault_approle_auth_backend_role',
    /./,
    ({ values }) =>
      values.token_no_default_policy === true &&
      Number(values.token_period) > 0 &&
      [values.token_policies, values.token_bound_cidrs, values.secret_id_bound_cidrs].every(
        (some) => Array.isArray(some) && some.length > 0,
      ) &&
      (values.token_policies as unknown[]).length === 1,
    (role) => (role.token_bound_cidrs = []),
  ),
  every(
    'a SecretID leaves Vault wrapped only, and bound to where sidecars are',
    'vault_approle_auth_backend_role_secret_id',
    /./,
    ({ values }) =>
      /^[1-9]\d*s$/.test(textOf(values.wrapping_ttl)) &&
      values.with_wrapped_accessor === true &&
      Array.isArray(values.cidr_list) &&
      values.cidr_list.length > 0 &&
      values.secret_id === undefined,
    (secretId) => delete secretId.wrapping_ttl,
  ),
  every(
    'certificates are for named hosts only',
    'vault_pki_secret_backend_role',
    /./,
    ({ values }) =>
      ['allow_subdomains', 'allow_glob_domains', 'allow_ip_sans', 'allow_localhost'].every(
        (key) => values[key] === false,
      ) &&
      values.enforce_hostnames === true &&
      values.allow_any_name !== true,
    (role) => (role.allow_subdomains = true),
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
