import { nodes } from '../knowledge/node-environment';
import type { Rule } from '../rule';

export const productionSqlite: Rule = {
  id: 'production-sqlite',
  severity: 'warning',
  cause: 'A Nuts node in production keeps its SQL data in SQLite.',
  why: "SQLite is one file on one disk: no copy is made while it changes, and the node's documentation advises a database server.",
  remedy: 'give the tenant PostgreSQL, or acknowledge this for tenants whose data are few and backed up',
  sightings: ({ stacks, environment }) =>
    nodes(stacks)
      .filter(
        ({ option }) =>
          environment === 'production' && (option('storage.sql.connection') ?? '').startsWith('sqlite:'),
      )
      .map(({ stack, container }) => ({ stack, at: container, what: 'its database is SQLite' })),
};
