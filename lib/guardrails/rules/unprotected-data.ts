import type { Rule } from '../rule';
import { lifecycleOf, nameOf } from '../containers';
import { textOf, type Resource } from '../stack-json';

/** What can't be made again: keys and secrets in Vault, data on disk, the account at a certificate authority, and who a tenant is. */
const STATEFUL: readonly { readonly type: string; readonly isMeant: (resource: Resource) => boolean }[] = [
  { type: 'docker_volume', isMeant: (volume) => /-(data|acme)$/.test(nameOf(volume)) },
  { type: 'vault_mount', isMeant: ({ values }) => /^(kv|kv-v2|generic|transit)$/.test(textOf(values.type)) },
  { type: 'terraform_data', isMeant: ({ path }) => path.endsWith('/record') },
];

export const unprotectedData: Rule = {
  id: 'unprotected-data',
  severity: 'error',
  cause: "Something that can't be made again could be destroyed by a plan.",
  why: "A rename, or an edit that replaces it, is enough, and a DID whose key is gone can't be got back.",
  remedy:
    'set lifecycle.preventDestroy; to destroy it on purpose take it out of the stack in a step of its own',
  sightings: ({ stacks }) =>
    stacks.flatMap((stack) =>
      STATEFUL.flatMap(({ type, isMeant }) =>
        stack
          .resources(type)
          .filter((resource) => isMeant(resource) && lifecycleOf(resource).prevent_destroy !== true)
          .map((resource) => ({ stack, at: resource, what: 'it is not protected from being destroyed' })),
      ),
    ),
};
