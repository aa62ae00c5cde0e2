import type { Construct } from 'constructs';
import { FixedRecord } from './fixed-record';

export interface FixedStoreProps {
  readonly tenant: string;
  /** The key of the configuration that chooses the store. */
  readonly key: string;
  readonly value: string;
}

/** Keeps where a tenant's data are: in another store the node would start empty, as if it had never had a DID. */
export class FixedStore extends FixedRecord {
  constructor(scope: Construct, id: string, props: FixedStoreProps) {
    super(scope, id, {
      values: { [props.key]: props.value },
      refusal: (key, before, after) =>
        `tenant ${props.tenant}: ${key} was "${before}" at its first apply and can't become "${after}": ` +
        'the node would start with an empty database, and its data stay behind in the old one. ' +
        `Put "${before}" back; to change it, make a new tenant and let the customer's credentials be issued anew.`,
    });
  }
}
