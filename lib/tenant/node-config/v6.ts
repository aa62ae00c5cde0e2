import { V6_OPERATIONS } from './api-operations';
import {
  AUTHORIZED_KEYS,
  commonOptions,
  CONFIG_DIRECTORY,
  DATA_DIRECTORY,
  type ReleaseProfile,
} from './node-settings';

const SQLITE = `sqlite:file:${DATA_DIRECTORY}/nuts.db?_pragma=foreign_keys(1)&journal_mode(WAL)`;

/** Nuts node v6: docs/pages/deployment/server_options.rst and server_options_didnuts.rst of nuts-node v6.2. */
export const V6: ReleaseProfile = {
  publicPort: 8080,
  internalPort: 8081,
  healthPort: 8081,

  operations: V6_OPERATIONS,
  publicPaths: ({ didMethods, options }) => [
    '/iam',
    '/oauth2',
    '/.well-known',
    '/statuslist',
    ...(didMethods.includes('nuts') ? ['/public'] : []),
    ...('discovery.server.ids' in options ? ['/discovery'] : []),
  ],

  render: (settings) => ({
    ...commonOptions(settings),
    url: settings.url,
    didmethods: settings.didMethods,
    'http.public.address': ':8080',
    'http.internal.address': ':8081',
    'http.internal.auth.type': 'token_v2',
    'http.internal.auth.audience': settings.audience,
    'http.internal.auth.authorizedkeyspath': `${CONFIG_DIRECTORY}/${AUTHORIZED_KEYS}`,
    'storage.sql.connection': settings.sqlConnection ?? SQLITE,
    // In memory they would be lost with every restart of the node.
    'storage.session.redis.address': settings.redisAddress,
    'storage.session.redis.database': settings.redisDatabase,
    ...(settings.redisUsername && { 'storage.session.redis.username': settings.redisUsername }),
  }),
};
