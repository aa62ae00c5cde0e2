import { z } from 'zod';
import { explain, explainUnknownKey } from './explain';
import { secretRemedy } from './secrets';
import type { YamlSource } from './yaml-source';

/**
 * Measures a file by a schema, reports what is wrong, and returns the top-level keys that are right.
 *
 * Zod returns nothing when anything is wrong; then a mistake in one key would hide those that other checks find in the rest.
 *
 * @param missingLater keys whose absence the caller reports itself, since it knows what they should be
 */
export function parseParts<S extends z.ZodObject>(
  schema: S,
  source: YamlSource,
  missingLater: readonly string[] = [],
): Partial<z.output<S>> {
  if (!source.isReadable) return {};
  const { keys } = source;
  if (keys === undefined) {
    const message = source.value === null ? 'the file is empty' : 'the file is not a set of keys';
    source.report([], message, 'write `key: value` lines; the guide and the JSON schema list the keys', {
      hideValue: true,
    });
    return {};
  }

  // Zod passes over a key of this name, wherever it is, and what is under it would be left out.
  for (const path of pathsOf('__proto__', keys))
    source.report(path, 'is not a key that exists here', 'remove it', { hideValue: true });

  // Where zod stood when it found something, which its issues don't tell.
  const schemas = new Map<string, z.core.$ZodType>();
  const result = schema.safeParse(keys, {
    error: (issue) => {
      if (issue.schema !== undefined) schemas.set(keyOf(issue.path ?? []), issue.schema);
      return undefined;
    },
  });
  if (result.success) return result.data;

  for (const issue of result.error.issues) {
    const found = schemas.get(keyOf(issue.path));
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) reportUnknownKey(source, [...issue.path, key], found);
      continue;
    }
    const written = source.at(issue.path);
    const isMissing = (written === undefined || written === null) && issue.path.length === 1;
    if (isMissing && missingLater.includes(String(issue.path[0]))) continue;
    const { message, remedy } = explain(issue, written, found);
    source.report(issue.path, message, remedy, { hideValue: issue.code === 'invalid_key' });
  }
  return rightParts(schema, keys);
}

function reportUnknownKey(
  source: YamlSource,
  path: readonly PropertyKey[],
  schema: z.core.$ZodType | undefined,
): void {
  // Never with its value: a secret under a mistyped name is still a secret.
  const options = { hideValue: true };
  const remedy = secretRemedy(path);
  if (remedy !== undefined) {
    source.report(path, "is a secret or a login, which configuration doesn't hold", remedy, options);
    return;
  }
  const fault = explainUnknownKey(String(path.at(-1)), schema);
  source.report(path, fault.message, fault.remedy, options);
}

function rightParts<S extends z.ZodObject>(
  schema: S,
  keys: Readonly<Record<string, unknown>>,
): Partial<z.output<S>> {
  const parts = Object.entries(schema.shape).flatMap(([key, part]) => {
    const result = z.safeParse(part, keys[key]);
    return result.success && result.data !== undefined ? [[key, result.data] as const] : [];
  });
  return Object.fromEntries(parts) as Partial<z.output<S>>;
}

function pathsOf(
  key: string,
  value: unknown,
  path: readonly string[] = [],
  seen = new Set<unknown>(),
): string[][] {
  // An alias can make a value a part of itself.
  if (typeof value !== 'object' || value === null || seen.has(value)) return [];
  seen.add(value);
  return Object.entries(value).flatMap(([name, part]) =>
    name === key ? [[...path, name]] : pathsOf(key, part, [...path, name], seen),
  );
}

function keyOf(path: readonly PropertyKey[]): string {
  return path.map(String).join('\n');
}
