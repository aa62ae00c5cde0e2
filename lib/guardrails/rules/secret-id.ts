import { eachResource, type Rule } from '../rule';
import { list, textOf } from '../stack-json';

export const secretId: Rule = {
  id: 'secret-id',
  severity: 'error',
  cause: 'The SecretID of an AppRole leaves Vault unwrapped, or can be used from anywhere.',
  why: "Unwrapped it is in Terraform's state, where it stays good.",
  remedy: 'set wrapping_ttl, with_wrapped_accessor and cidr_list, and no secret_id',
  sightings: eachResource('vault_approle_auth_backend_role_secret_id', ({ values }) => {
    if (values.secret_id !== undefined) return 'it is given by hand';
    if (!/^[1-9]\d*[smh]?$/.test(textOf(values.wrapping_ttl)) || values.with_wrapped_accessor !== true)
      return 'it is not wrapped';
    return list(values.cidr_list).length > 0 ? undefined : 'it is not bound to addresses';
  }),
};
