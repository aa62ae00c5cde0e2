import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SHARED_CERTIFICATE_RISKS } from '../../../lib';
import { addStacks } from '../../../stacks/add-stacks';
import { loadConfiguration, type Configuration } from '../../../stacks/config/load';
import { CERTIFICATE, ED25519 } from '../../stacks/config/keys';
import type { StackJson } from './stack-json';
import { stacksOf, testApp } from './synthesise';

/** As the repository ships it. */
export const SHIPPED_PLATFORM = `environment: development
domain: saas.internal
network: { denylist: false }
`;

/** With a Redis that tenants may share. */
export const SHARING = `${SHIPPED_PLATFORM}redis: { kind: own }
`;

export const PRODUCTION = `environment: production
domain: care.nl
proxy:
  address: 192.0.2.10
  tls: { issuer: acme, email: operations@care.nl }
vault: { kind: external, address: 'https://vault.care.nl:8200', clientAddresses: [192.0.2.0/24], namespace: care }
backend: { type: pg }
network:
  revocationLists: ['http://crl.care.nl/root.crl']
  truststore: |
${CERTIFICATE.trim().replaceAll(/^/gm, '    ')}
`;

export const ACME = `id: acme
release: v6
url: https://acme.saas.internal
didMethods: [web, nuts]
subnet: 10.81.0.16/28
`;

export const BETA = `id: beta
release: v6
url: https://beta.saas.internal
didMethods: [web]
subnet: 10.81.0.32/28
`;

export const V5_4 = `id: gamma
release: v5.4
url: https://gamma.saas.internal
subnet: 10.81.0.48/28
`;

/** Everything that an API can have, on a host of the customer's own. */
export const OPEN = `id: delta
release: v6
url: https://nuts.delta-care.nl
didMethods: [nuts, web]
subnet: 10.81.0.64/28
api:
  addresses: [203.0.113.0/24]
  forwardAuth: https://login.delta-care.nl/verify
  clientCertificateAuthority: |
${CERTIFICATE.trim().replaceAll(/^/gm, '    ')}
  clients: { ehr: { keys: [${ED25519}], addresses: [198.51.100.7] } }
  administration: { addresses: [203.0.113.9] }
`;

/** Shares its certificate with others. */
export const SHARED = `id: iota
release: v6
url: https://iota.saas.internal
didMethods: [nuts]
subnet: 10.81.0.128/28
certificate: { source: shared, acceptRisks: '${SHARED_CERTIFICATE_RISKS}' }
`;

/** A PostgreSQL of its own. */
export const POSTGRES = `id: epsilon
release: v6
url: https://epsilon.saas.internal
didMethods: [web, nuts]
subnet: 10.81.0.80/28
sql: { type: postgres }
`;

/** A database that somebody else runs. */
export const GIVEN_SQL = `id: zeta
release: v6
url: https://zeta.saas.internal
didMethods: [web]
subnet: 10.81.0.96/28
sql: { type: given }
`;

/** A part of the platform's Redis, with an old and a new password. */
export const SHARED_REDIS = `id: eta
release: v6
url: https://eta.saas.internal
didMethods: [web, nuts]
subnet: 10.81.0.112/28
redis: { mode: shared, passwords: [1, 2] }
`;

/** Another part of it. */
export const ALSO_SHARED_REDIS = `id: theta
release: v6
url: https://theta.saas.internal
didMethods: [web]
subnet: 10.81.0.144/28
redis: { mode: shared }
`;

/** Loads files that exist only meanwhile: each tenant's text says its own id. */
export function configuration(platform: string, tenants: readonly string[]): Configuration {
  const directory = mkdtempSync(join(tmpdir(), 'nuts-saas-contract-'));
  try {
    mkdirSync(join(directory, 'tenants'));
    writeFileSync(join(directory, 'platform.yaml'), platform);
    for (const text of tenants) {
      const id = /^id: (.*)$/m.exec(text)?.[1] ?? '';
      writeFileSync(join(directory, 'tenants', `${id}.yaml`), text);
    }
    return loadConfiguration(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The stacks of a configuration, synthesised. */
export function synthesise(platform: string, tenants: readonly string[]): StackJson[] {
  return synthesiseConfiguration(configuration(platform, tenants));
}

export function synthesiseConfiguration(wanted: Configuration): StackJson[] {
  const app = testApp();
  addStacks(app, wanted);
  return stacksOf(app);
}

const GIVEN_CERTIFICATES =
  '{ issuer: files, certificates: [{ certFile: /etc/tls/care.crt, keyFile: /etc/tls/care.key }] }';

/** The stacks of one platform, and whether it is meant for production. */
export interface StackSet {
  readonly environment: 'development' | 'production';
  readonly stacks: readonly StackJson[];
}

/** Every kind of stack there is, in every form that changes what is in it, by platform. */
export function stackSets(): StackSet[] {
  const inProduction = (tenant: string) => tenant.replaceAll('saas.internal', 'care.nl');
  return [
    {
      environment: 'development',
      stacks: synthesise(SHIPPED_PLATFORM, [ACME, BETA, V5_4, OPEN, POSTGRES, GIVEN_SQL]),
    },
    { environment: 'development', stacks: synthesise(SHARING, [ACME, SHARED_REDIS, ALSO_SHARED_REDIS]) },
    { environment: 'production', stacks: synthesise(PRODUCTION, [ACME, OPEN, SHARED].map(inProduction)) },
    {
      environment: 'production',
      stacks: synthesise(
        PRODUCTION.replace(/tls: .*/, `tls: ${GIVEN_CERTIFICATES}`),
        [BETA, V5_4].map(inProduction),
      ),
    },
    { environment: 'development', stacks: synthesise(SHIPPED_PLATFORM, [`${ACME}state: removed\n`]) },
  ];
}

/** The stacks of {@link stackSets}. */
export function everything(): StackJson[] {
  return stackSets().flatMap(({ stacks }) => stacks);
}
