import { nodes } from '../knowledge/node-environment';
import type { Rule } from '../rule';

export const keysOutsideVault: Rule = {
  id: 'keys-outside-vault',
  severity: 'error',
  cause: 'A Nuts node keeps its private keys elsewhere than in Vault, or is given a token for Vault.',
  why: 'Keys on a disk are in every copy of the disk; a token in the environment is in the state and in docker inspect.',
  remedy: 'set NUTS_CRYPTO_STORAGE=vaultkv, with the socket of a sidecar that adds the token',
  sightings: ({ stacks }) =>
    nodes(stacks).flatMap(({ stack, container, option }) => {
      const storage = option('crypto.storage');
      if (storage !== 'vaultkv')
        return [{ stack, at: container, what: `crypto.storage is ${storage ?? 'not set'}` }];
      const isSocket = option('crypto.vault.address')?.startsWith('unix://') === true;
      if (isSocket && option('crypto.vault.token') === undefined) return [];
      return [{ stack, at: container, what: 'it reaches Vault by itself, not through a socket' }];
    }),
};
