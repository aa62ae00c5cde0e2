import { type AttackGroup, blocked, type Duel, succeeded } from '../attack';
import { login } from './vault-logins';

// Vault's threshold is five.
const WRONG_LOGINS = 6;

/** Logs in as the other with wrong SecretIDs so often that Vault might refuse the other itself. */
export const VAULT_LOCKOUT: AttackGroup = {
  name: 'vault',
  harmless: false,

  controls: (duel) => [ownLogin(duel)],

  attacks: (duel) => [
    {
      id: 'lockout',
      description: `keeping ${duel.to.names.of('vault-proxy')} from Vault by ${WRONG_LOGINS} wrong logins in its name`,
      run: async () => {
        for (let tried = 0; tried < WRONG_LOGINS; tried++)
          await login(duel, 'vault-proxy', duel.to, 'vault-proxy').run();
        const { outcome, evidence } = await ownLogin(duel).run();
        // That the other gets in is what must be.
        return outcome === 'succeeded' ? blocked('the other can still log in') : succeeded(evidence);
      },
    },
  ],
};

/** The attacked tenant's own login. */
function ownLogin(duel: Duel) {
  return login({ ...duel, from: duel.to }, 'vault-proxy', duel.to, 'vault-proxy');
}
