import type { NodeSecret } from './node-secrets';

export const SQL_TYPES = ['sqlite', 'postgres', 'given'] as const;

/** Where a node of v6 keeps its DIDs, credentials and the names of its keys. */
export type SqlStore =
  /** A file on the node's own volume: one connection at a time, and no copy while it runs. */
  | { readonly type: 'sqlite' }
  /** A PostgreSQL of the tenant's own, reached by a socket. */
  | {
      readonly type: 'postgres';
      /** MiB of memory of the container; changed without replacing it. @default 256 */
      readonly memoryMiB?: number;
    }
  /** A database that exists. How to reach it is a secret in Vault: `nuts-saas secret set <tenant> sql`. */
  | { readonly type: 'given' };

/** Name and field, in the tenant's own mount, of how a given database is reached. */
export const SQL_SECRET = { name: 'sql', field: 'connection' } as const;

/** The node's option that holds it. */
export function givenSql(secretsMount: string): NodeSecret {
  const { name, field } = SQL_SECRET;
  return { option: 'storage.sql.connection', path: `${secretsMount}/data/${name}`, field };
}
