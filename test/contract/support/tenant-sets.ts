import * as fc from 'fast-check';
import { SHARED_CERTIFICATE_RISKS } from '../../../lib';
import { tenantIdProblem } from '../../../lib/names';
import { Subnet } from '../../../lib/subnet';
import type { Configuration } from '../../../stacks/config/load';
import { limits } from '../../../stacks/config/limits-config';
import type { TenantConfig } from '../../../stacks/config/tenant-config';
import { CERTIFICATE, ECDSA_256, ED25519 } from '../../stacks/config/keys';
import { configuration, PRODUCTION, SHARING } from './configurations';

const DOMAIN = 'saas.internal';

const NETWORK = `network:
  denylist: false
  truststore: |
${CERTIFICATE.trim().replaceAll(/^/gm, '    ')}
`;

// Ids that are the beginning, the end or a part of one another's names, or of the platform's, are the ones that might meet.
const NASTY = [
  'a',
  'a-b',
  'acme',
  'acme-b',
  'acme-node',
  'acme-node-config',
  'b-acme',
  'certificate',
  'g1',
  'node',
  'nuts',
  'proxy',
  'redis',
  'route',
  'saas',
  'tenants',
  'docker',
  'vault',
  'vault-proxy',
];

const id = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...NASTY) },
  fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,9}$/).filter((text) => tenantIdProblem(text) === undefined),
);

const identity = fc.constantFrom(
  { release: 'v6', didMethods: ['web'] },
  { release: 'v6', didMethods: ['nuts'] },
  { release: 'v6', didMethods: ['nuts', 'web'] },
  { release: 'v5.4', didMethods: ['nuts'] },
) satisfies fc.Arbitrary<Pick<TenantConfig, 'release' | 'didMethods'>>;

const api: fc.Arbitrary<NonNullable<TenantConfig['api']>> = fc.record(
  {
    addresses: fc.constant<string[]>(['203.0.113.0/24']),
    clientCertificateAuthority: fc.constant(CERTIFICATE),
    forwardAuth: fc.constant('https://login.care.nl/verify'),
    clients: fc.constantFrom<NonNullable<NonNullable<TenantConfig['api']>['clients']>[]>(
      {},
      { ehr: { keys: [ED25519] } },
      { ehr: { keys: [ED25519], addresses: ['203.0.113.7'] }, viewer: { keys: [ECDSA_256] } },
    ),
    administration: fc.constantFrom<NonNullable<NonNullable<TenantConfig['api']>['administration']>[]>(
      {},
      { clientCertificateAuthority: CERTIFICATE },
      { addresses: ['203.0.113.9'], forwardAuth: 'https://login.care.nl/verify' },
    ),
  },
  { requiredKeys: [] },
);

const certificate = fc.constantFrom<NonNullable<TenantConfig['certificate']>[]>(
  { source: 'platform-ca' },
  { source: 'own' },
  { source: 'shared', acceptRisks: SHARED_CERTIFICATE_RISKS },
);

const options = fc.constantFrom<TenantConfig['options']>(
  {},
  { 'goldenhammer.enabled': false, verbosity: 'debug' },
  { 'discovery.server.ids': 'homecare' },
);

const sql = fc.constantFrom<TenantConfig['sql']>(
  undefined,
  { type: 'postgres', memory: 256 },
  { type: 'given' },
);

const redis = fc.constantFrom<TenantConfig['redis']>(
  undefined,
  { mode: 'shared' },
  { mode: 'shared', passwords: [1, 2] },
);

const tenant = fc.record({
  id,
  identity,
  api: fc.option(api, { nil: undefined }),
  certificate,
  options,
  redis,
  sql,
  ownHost: fc.boolean(),
  generation: fc.integer({ min: 1, max: 11 }),
  state: fc.constantFrom('active', 'active', 'active', 'removed') satisfies fc.Arbitrary<
    TenantConfig['state']
  >,
});

/** Sets of tenants that the configuration accepts: each with an id, a subnet and a host of its own. */
export const tenantSets: fc.Arbitrary<TenantConfig[]> = fc
  .uniqueArray(tenant, { minLength: 2, maxLength: 4, selector: ({ id: key }) => key })
  .map((tenants) => {
    const subnets = Subnet.parse('10.81.0.0/16').split(28);
    return tenants.map(({ identity: { release, didMethods }, ...rest }) => ({
      id: rest.id,
      state: rest.state,
      release,
      didMethods,
      url: rest.ownHost ? `https://nuts.${rest.id}-care.nl` : `https://${rest.id}.${DOMAIN}`,
      subnet: (subnets.next().value as Subnet).cidr,
      cell: 'local',
      generation: rest.generation,
      limits: limits.parse({}),
      options: rest.options,
      ...(rest.api && { api: rest.api }),
      ...(didMethods.some((method) => method === 'nuts') && { certificate: rest.certificate }),
      ...(rest.redis && { redis: rest.redis }),
      ...(rest.sql && release === 'v6' && { sql: rest.sql }),
    }));
  });

/** Platforms that differ in what tenants see of them. */
export const platforms: fc.Arbitrary<Configuration['platform']> = fc.constantFrom(
  configuration(SHARING.replace('network: { denylist: false }\n', NETWORK), []).platform,
  configuration(`${PRODUCTION.replace('domain: care.nl', `domain: ${DOMAIN}`)}redis: { kind: own }\n`, [])
    .platform,
);
