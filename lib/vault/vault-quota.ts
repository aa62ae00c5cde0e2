import { QuotaRateLimit } from '@cdktf/provider-vault/lib/quota-rate-limit';
import { Construct } from 'constructs';
import type { VaultConnection } from './vault-connection';

export interface VaultQuotaProps {
  readonly name: string;
  /** Path of a secrets engine or auth backend. */
  readonly mount: string;
  readonly vault: VaultConnection;
}

/**
 * How often Vault answers one sidecar on one mount; beyond that it says 429, and everybody else is served as before. Vault counts by
 * the address that a request comes from.
 */
export class VaultQuota extends Construct {
  constructor(scope: Construct, id: string, props: VaultQuotaProps) {
    super(scope, id);
    new QuotaRateLimit(this, 'Resource', {
      name: props.name,
      // As Vault gives it back.
      path: `${props.mount}/`,
      rate: props.vault.requestsPerSecond,
    });
  }
}
