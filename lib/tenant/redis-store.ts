export const REDIS_MODES = ['dedicated', 'shared'] as const;

/** The Redis of a tenant: what its node keeps of the network of did:nuts, and the sessions of v6. */
export type RedisStore =
  /** One of its own, without a network or a password. */
  | { readonly mode: 'dedicated' }
  /** A part of the platform's, behind a user and a password. */
  | {
      readonly mode: 'shared';
      /**
       * Numbers of the passwords that are good, of which the node uses the last. To change it, apply twice: `[1, 2]`, then `[2]`.
       * @default [1]
       */
      readonly passwords?: readonly number[];
    };

/** Name and field, in the tenant's own mount, of its password for a shared Redis that is given. */
export const REDIS_SECRET = { name: 'redis', field: 'password' } as const;

/** Numbers of the passwords that are good. */
export function goodPasswords(store: RedisStore): readonly number[] {
  return (store.mode === 'shared' ? store.passwords : undefined) ?? [1];
}
