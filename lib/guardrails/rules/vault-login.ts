import { eachResource, type Rule } from '../rule';
import { list, textOf } from '../stack-json';

export const vaultLogin: Rule = {
  id: 'vault-login',
  severity: 'error',
  cause:
    "An AppRole has the default policy or several, tokens that don't end by themselves, or can be used from anywhere.",
  why: 'A stolen login would be good elsewhere, and for longer than its sidecar lives.',
  remedy:
    'one token policy, token_no_default_policy, a token_period, and bound addresses for SecretID and token',
  sightings: eachResource('vault_approle_auth_backend_role', ({ values }) => {
    const wrong = {
      'the default policy': values.token_no_default_policy !== true,
      'not exactly one policy': list(values.token_policies).length !== 1,
      'no period': !(Number(values.token_period) > 0),
      'tokens not bound to addresses': !isBound(values.token_bound_cidrs),
      'a SecretID not bound to addresses': !isBound(values.secret_id_bound_cidrs),
    };
    const found = Object.entries(wrong).filter(([, holds]) => holds);
    return found.length > 0 ? `it has ${found.map(([what]) => what).join(', ')}` : undefined;
  }),
};

function isBound(cidrs: Parameters<typeof list>[0]): boolean {
  return list(cidrs).length > 0 && list(cidrs).every((cidr) => !textOf(cidr).endsWith('/0'));
}
