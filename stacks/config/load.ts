import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError } from './configuration-error';
import type { Problem } from './configuration-error';
import { checkEgress } from './egress-checks';
import { parseParts } from './parse-parts';
import { checkPlatform, completePlatform } from './platform-checks';
import { platformFile } from './platform-config';
import type { PlatformConfig } from './platform-config';
import { CHECKED_KEYS, checkTenant, completeTenant } from './tenant-checks';
import type { TenantRecord } from './tenant-checks';
import { tenantFile } from './tenant-config';
import type { TenantConfig } from './tenant-config';
import { checkTenants } from './tenants-checks';
import { YamlSource } from './yaml-source';

const PLATFORM_FILE = 'platform.yaml';
const TENANTS_DIRECTORY = 'tenants';

/** A platform and its tenants, checked, with every default filled in. */
export interface Configuration {
  readonly platform: PlatformConfig;
  /** Sorted by id. */
  readonly tenants: readonly TenantConfig[];
}

/**
 * Reads `platform.yaml` and `tenants/*.yaml` of a directory.
 *
 * @throws ConfigurationError with everything that is wrong in them
 */
export function loadConfiguration(directory: string): Configuration {
  const problems: Problem[] = [];
  const platformSource = new YamlSource(directory, PLATFORM_FILE, problems);
  const platformParts = parseParts(platformFile, platformSource);
  checkPlatform(platformParts, platformSource, directory);

  const records = tenantFiles(directory, problems).map((name): TenantRecord => {
    const source = new YamlSource(directory, `${TENANTS_DIRECTORY}/${name}`, problems);
    const parts = parseParts(tenantFile, source, CHECKED_KEYS);
    return { id: name.replace(/\.yaml$/, ''), source, parts };
  });
  for (const record of records) checkTenant(record, platformParts);
  checkTenants(records, platformParts);
  checkEgress(
    platformParts,
    platformSource,
    records.map(({ id }) => id),
  );

  if (problems.length > 0) throw new ConfigurationError(inOrder(problems));
  const platform = completePlatform(platformFile.parse(platformSource.value), directory);
  const tenants = records.map(({ source }) => completeTenant(tenantFile.parse(source.value), platform));
  return {
    platform,
    tenants: tenants.sort((one, other) => (one.id < other.id ? -1 : 1)),
  };
}

function tenantFiles(directory: string, problems: Problem[]): string[] {
  let names: string[];
  try {
    names = readdirSync(join(directory, TENANTS_DIRECTORY)).sort();
  } catch {
    problems.push({
      file: TENANTS_DIRECTORY,
      message: "the directory with the tenants' files can't be read",
      remedy: `make a directory ${TENANTS_DIRECTORY} beside ${PLATFORM_FILE}; it may be empty`,
    });
    return [];
  }
  // Editors keep their own files in hidden ones.
  const visible = names.filter((name) => !name.startsWith('.'));
  for (const name of visible)
    if (/\.ya?ml$/i.test(name) && !name.endsWith('.yaml'))
      problems.push({
        file: `${TENANTS_DIRECTORY}/${name}`,
        message: "the file's name doesn't end in .yaml, so its tenant would be left out",
        remedy: `rename it to ${name.replace(/\.ya?ml$/i, '.yaml')}`,
      });
  return visible.filter((name) => name.endsWith('.yaml'));
}

function inOrder(problems: readonly Problem[]): Problem[] {
  const rank = ({ file }: Problem) => (file === PLATFORM_FILE ? 0 : 1);
  return [...problems].sort(
    (one, other) =>
      rank(one) - rank(other) || one.file.localeCompare(other.file) || (one.line ?? 0) - (other.line ?? 0),
  );
}
