import { vaultLogins } from '../knowledge/vault-logins';
import { pathsMeet } from '../knowledge/vault-paths';
import type { Rule } from '../rule';

const ADMINISTRATION = ['sys/*', 'auth/*', 'identity/*'];
/** What a login may do about itself. */
const OWN = [
  'auth/token/lookup-self',
  'auth/token/renew-self',
  'auth/token/revoke-self',
  'sys/capabilities-self',
  'sys/wrapping/wrap',
];

export const vaultAdministration: Rule = {
  id: 'vault-administration',
  severity: 'error',
  cause:
    'A login of Vault that a container holds reaches paths by which Vault itself is administered, or has `sudo` or `root`.',
  why: 'It could give itself, or make, a login for another tenant.',
  remedy: 'leave in its policy only its own paths, and what a token asks about itself',
  sightings: ({ stacks }) =>
    vaultLogins(stacks).flatMap(({ stack, role, name, rules, unknown }) => {
      const wide = rules.find(
        ({ path, capabilities }) =>
          capabilities.includes('sudo') ||
          (!OWN.includes(path) && ADMINISTRATION.some((area) => pathsMeet(path, area))),
      );
      if (wide === undefined && !unknown.includes('root')) return [];
      return [{ stack, at: role, what: `${name} has ${wide?.path ?? 'the policy root'}` }];
    }),
};
