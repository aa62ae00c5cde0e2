import { GenericEndpoint } from '@cdktf/provider-vault/lib/generic-endpoint';
import { Construct } from 'constructs';

export interface LoginLockoutProps {
  /** Path of an AppRole auth backend. */
  readonly approleMount: string;
}

/**
 * Turns off Vault's user lockout for the sidecars' logins. After five wrong SecretIDs Vault refuses a role for a quarter of an hour,
 * the right SecretID included: so whoever reaches Vault and knows a role's id, which is no secret, could keep a tenant from its keys.
 * SecretIDs are random, and there is nothing to guess (developer.hashicorp.com/vault/docs/concepts/user-lockout).
 */
export class LoginLockout extends Construct {
  constructor(scope: Construct, id: string, { approleMount }: LoginLockoutProps) {
    super(scope, id);
    new GenericEndpoint(this, 'Resource', {
      // Not sys/auth/<path>/tune, which does the same and takes sudo.
      path: `sys/mounts/auth/${approleMount}/tune`,
      dataJson: JSON.stringify({ user_lockout_config: { lockout_disable: true } }),
      // Vault gives it back under other names.
      disableRead: true,
      disableDelete: true,
    });
  }
}
