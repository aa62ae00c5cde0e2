import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ConfigurationError } from '../../../stacks/config/configuration-error';
import type { Problem } from '../../../stacks/config/configuration-error';
import { loadConfiguration } from '../../../stacks/config/load';
import type { Configuration } from '../../../stacks/config/load';

export type Files = Record<string, string>;

export const PLATFORM = 'environment: development\ndomain: care.internal\n';
export const PRODUCTION = `environment: production
domain: care.internal
proxy:
  address: 192.0.2.10
  tls: { issuer: acme, email: operations@care.nl }
vault: { kind: external, address: 'https://vault.care.nl:8200', clientAddresses: [192.0.2.0/24] }
`;
export const ACME = `id: acme
release: v6
url: https://acme.care.internal
didMethods: [web]
subnet: 10.81.0.16/28
`;
export const BETA = ACME.replaceAll('acme', 'beta').replace('0.16/28', '0.32/28');

/** Loads a configuration from files that exist only meanwhile. A path that ends in a slash is an empty directory. */
export function load(files: Files): Configuration {
  const directory = mkdtempSync(join(tmpdir(), 'nuts-saas-config-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      const file = join(directory, path);
      mkdirSync(path.endsWith('/') ? file : dirname(file), { recursive: true });
      if (!path.endsWith('/')) writeFileSync(file, text);
    }
    return loadConfiguration(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The problems of files; none when they are fine. Anything else that is thrown, is thrown. */
export function problemsOf(files: Files): readonly Problem[] {
  try {
    load(files);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

export function platformProblems(platform: string): readonly Problem[] {
  return problemsOf({ 'platform.yaml': platform, 'tenants/': '' });
}

/** The problems of a tenant `acme`, on a platform that is fine. */
export function tenantProblems(tenant: string): readonly Problem[] {
  return problemsOf({ 'platform.yaml': PLATFORM, 'tenants/acme.yaml': tenant });
}
