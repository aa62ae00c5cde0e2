import { othersThan, tenants, vaultPathsOf } from '../knowledge/tenants';
import { vaultLogins } from '../knowledge/vault-logins';
import { pathsMeet } from '../knowledge/vault-paths';
import type { Rule } from '../rule';

export const vaultPolicyReach: Rule = {
  id: 'vault-policy-reach',
  severity: 'error',
  cause:
    "A login of Vault has a policy with a path that matches something of another tenant, be it there or yet to come; or one that can't be read.",
  why: "Who holds the login could use, change or delete the other tenant's keys and secrets.",
  remedy: "write the tenant's own mount out in the path; a * stands at the end only, after a slash",
  sightings: ({ stacks }) => {
    const all = tenants(stacks);
    return vaultLogins(stacks).flatMap(({ stack, role, name, tenant, rules, unknown }) => {
      const self = all.find(({ id }) => id === tenant);
      const others = self === undefined ? all : othersThan(self, all);
      const met = others.flatMap((other) => {
        // The platform's own logins may have to do with a tenant, but never with its keys.
        const paths = tenant === undefined ? [`${other.names.keysMount}/*`] : vaultPathsOf(other);
        const reaching = rules.filter(
          ({ path, capabilities }) =>
            isGranting(capabilities) && paths.some((theirs) => pathsMeet(path, theirs)),
        );
        return reaching.map(({ path }) => `${path} matches what is tenant ${other.id}'s`);
      });
      const [first] = [...met, ...unknown.map((policy) => `the policy ${policy} can't be read`)];
      return first === undefined ? [] : [{ stack, at: role, what: `${name}: ${first}` }];
    });
  },
};

function isGranting(capabilities: readonly string[]): boolean {
  return capabilities.some((capability) => capability !== 'deny');
}
