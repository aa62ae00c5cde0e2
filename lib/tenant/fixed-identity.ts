import type { Construct } from 'constructs';
import { FixedRecord } from './fixed-record';

export interface FixedIdentityProps {
  readonly tenant: string;
  readonly url: string;
  readonly didMethods: readonly string[];
  readonly cell: string;
}

/**
 * Keeps what a tenant is called for as long as it lives: DIDs follow the url and the methods, and in another cell an empty second copy
 * would start under the same name.
 */
export class FixedIdentity extends FixedRecord {
  constructor(scope: Construct, id: string, props: FixedIdentityProps) {
    super(scope, id, {
      values: { url: props.url, didMethods: props.didMethods.join(','), cell: props.cell },
      refusal: (key, before, after) =>
        `tenant ${props.tenant}: ${key} was "${before}" at its first apply and can't become "${after}": ` +
        'its DIDs, or where its only copy lives, depend on it. Put the old value back; a new identity is a new tenant.',
    });
  }
}
