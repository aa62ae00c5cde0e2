import type { Construct } from 'constructs';
import { FixedRecord } from './fixed-record';

export interface FixedStoreProps {
  /** Whose it is, such as `tenant acme`. */
  readonly owner: string;
  /** The key of the configuration that chooses the store. */
  readonly key: string;
  readonly value: string;
}

/** Keeps where data of tenants are: in another store a node would start empty, as if it had never had a DID. */
export class FixedStore extends FixedRecord {
  constructor(scope: Construct, id: string, props: FixedStoreProps) {
    super(scope, id, {
      values: { [props.key]: props.value },
      refusal: (key, before, after) =>
        `${props.owner}: ${key} was "${before}" at its first apply and can't become "${after}": ` +
        'nodes would start with an empty database, and their data stay behind in the old one. ' +
        `Put "${before}" back; a tenant with another store is a new tenant, whose credentials are issued anew.`,
    });
  }
}
