import { COMMON_OPERATIONS } from './api-operations';
import { AUTHORIZED_KEYS, commonOptions, CONFIG_DIRECTORY, type ReleaseProfile } from './node-settings';

/**
 * Nuts node v5.4: docs/pages/deployment/server_options.rst of nuts-node v5.4.37. Its interfaces share one listener unless each
 * is given its own, and an own listener inherits nothing of the default one.
 */
export const V5_4: ReleaseProfile = {
  publicPort: 8080,
  internalPort: 8081,
  healthPort: 1323,
  nodeToNodePort: 8443,

  operations: COMMON_OPERATIONS,
  publicPaths: () => ['/public'],

  render: (settings) => ({
    ...commonOptions(settings),
    'auth.publicurl': settings.url,
    'http.default.address': ':1323',
    'http.alt.public.address': ':8080',
    'http.alt.internal.address': ':8081',
    'http.alt.internal.auth.type': 'token_v2',
    'http.alt.internal.auth.audience': settings.audience,
    'http.alt.internal.auth.authorizedkeyspath': `${CONFIG_DIRECTORY}/${AUTHORIZED_KEYS}`,
    // Other nodes' certificates are checked by the node itself, against truststore and revocation lists.
    'http.alt.n2n.address': ':8443',
    'http.alt.n2n.tls': 'server-client',
  }),
};
