import { z } from 'zod';

const sqlite = z
  .strictObject({
    type: z.literal('sqlite').describe("A file on the node's volume."),
  })
  .describe('SQLite: small, one connection at a time, and no copy while the node runs.');

const postgres = z
  .strictObject({
    type: z
      .literal('postgres')
      .describe("A PostgreSQL of the tenant's own, in a container without a network."),
    memory: z
      .int()
      .min(128)
      .max(1_048_576)
      .default(256)
      .describe('MiB of memory that PostgreSQL may use before it is stopped.'),
  })
  .describe("A PostgreSQL of the tenant's own.");

const given = z
  .strictObject({
    type: z
      .literal('given')
      .describe(
        'A database that someone runs. `nuts-saas secret set <tenant> sql` tells Vault how it is reached.',
      ),
  })
  .describe('A database outside the platform: PostgreSQL, MySQL or SQL Server.');

/** Where a node of v6 keeps its SQL data. */
export const sql = z
  .discriminatedUnion('type', [sqlite, postgres, given])
  .describe(
    'Where a node of release v6 keeps its DIDs and credentials; SQLite without it. It stays what it is after the first apply.',
  );
