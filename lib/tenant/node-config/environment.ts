import { literal } from '../../terraform/literal';
import type { NodeSettings, Release, ReleaseProfile } from './node-settings';
import { nodeOptionProblem } from './options';
import { V5_4 } from './v5-4';
import { V6 } from './v6';

const PROFILES: Record<Release, ReleaseProfile> = { v6: V6, 'v5.4': V5_4 };

export function releaseProfile(release: Release): ReleaseProfile {
  return PROFILES[release];
}

/**
 * The node's configuration as environment variables.
 *
 * @throws when an option of the escape hatch is one that isolation rests on, or that has a typed setting
 */
export function nodeEnvironment(release: Release, settings: NodeSettings): Record<string, string> {
  const { secrets } = settings;
  const typed = Object.fromEntries(
    Object.entries(releaseProfile(release).render(settings)).filter(
      // The environment goes before the file, so what is secret must not be in both.
      ([key]) => secrets?.options.includes(key) !== true,
    ),
  );
  for (const key of Object.keys(settings.options)) {
    const problem = nodeOptionProblem(key);
    if (problem !== undefined) throw new Error(`node option "${key}" can't be set: ${problem}`);
  }
  return Object.fromEntries(
    Object.entries<unknown>({
      ...typed,
      ...(secrets && { configfile: secrets.file }),
      ...settings.options,
    }).map(([key, value]) => [
      `NUTS_${key.toUpperCase().replaceAll('.', '_')}`,
      literal(Array.isArray(value) ? value.map(escapeComma).join(',') : escapeComma(String(value))),
    ]),
  );
}

// The node reads a comma as the end of a list's element, in every variable (core/config.go).
function escapeComma(value: string): string {
  return value.replaceAll(',', '\\,');
}
