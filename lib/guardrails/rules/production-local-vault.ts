import { isVaultServer } from '../knowledge/vault-server';
import { eachContainer, type Rule } from '../rule';

export const productionLocalVault: Rule = {
  id: 'production-local-vault',
  severity: 'error',
  cause: 'A platform in production runs its Vault in a container beside what it protects.',
  why: 'The keys that open it lie on the disk of the same host, and are lost with it.',
  remedy: 'use Vault.fromAddress with a Vault that is run, unsealed and backed up elsewhere',
  sightings: eachContainer((container, _, { environment }) =>
    environment === 'production' && isVaultServer(container)
      ? 'it is a Vault of the platform itself'
      : undefined,
  ),
};
