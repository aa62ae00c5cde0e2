import { eachResource, type Rule } from '../rule';

const WIDENING = [
  'allow_subdomains',
  'allow_glob_domains',
  'allow_ip_sans',
  'allow_localhost',
  'allow_any_name',
];

export const certificateRole: Rule = {
  id: 'certificate-role',
  severity: 'error',
  cause: 'A role of the certificate authority issues certificates for more than the hosts that it names.',
  why: 'Who holds the role could pass for another tenant.',
  remedy:
    'set allow_subdomains, allow_glob_domains, allow_ip_sans and allow_localhost to false, and enforce_hostnames',
  sightings: eachResource('vault_pki_secret_backend_role', ({ values }) => {
    // Vault allows localhost and addresses unless it is told not to.
    const needsFalse = ['allow_ip_sans', 'allow_localhost'].filter((key) => values[key] !== false);
    const wide = [...needsFalse, ...WIDENING.filter((key) => values[key] === true)];
    if (wide.length > 0) return `it has ${wide.join(', ')}`;
    return values.enforce_hostnames === false ? 'it takes names that are no hosts' : undefined;
  }),
};
