import { z } from 'zod';
import type { Fault } from './fields';
import { looksSecret } from './secrets';
import { suggestion } from './suggestion';

type Issue = z.core.$ZodIssue;

const KINDS: Record<string, string> = {
  string: 'text',
  boolean: 'true or false',
  number: 'a number',
  int: 'a whole number',
  array: 'a list',
  object: 'a set of keys',
  record: 'a set of keys',
};

/**
 * Puts an issue of zod into the words of whoever wrote the value.
 *
 * @param schema the schema that the value was measured by, when it's known
 */
export function explain(issue: Issue, value: unknown, schema: z.core.$ZodType | undefined): Fault {
  switch (issue.code) {
    case 'custom':
      return { message: issue.message, remedy: String(issue.params?.remedy ?? 'change it') };
    case 'invalid_value':
      return notOneOf(value, issue.values.map(String));
    case 'invalid_union':
      if ('options' in issue) return notOneOf(value, (issue.options ?? []).map(String));
      return wrongKind(issue, value, 'text, a number, true or false', schema);
    case 'invalid_type':
      return wrongKind(issue, value, KINDS[issue.expected] ?? issue.expected, schema);
    case 'invalid_key':
      return issue.issues[0] === undefined
        ? { message: 'is not a usable key', remedy: 'rename it' }
        : explain(issue.issues[0], undefined, undefined);
    case 'too_small':
      return issue.origin === 'array'
        ? { message: 'is an empty list', remedy: 'list at least one' }
        : { message: 'is too small', remedy: `use ${String(issue.minimum)} or more` };
    case 'too_big':
      if (issue.origin === 'array')
        return { message: 'has too many entries', remedy: `keep ${String(issue.maximum)} at most` };
      return { message: 'is too large', remedy: `use ${String(issue.maximum)} or less` };
    default:
      return { message: `can't be used: ${issue.message}`, remedy: 'change it' };
  }
}

/** Explains a key that the schema doesn't have. */
export function explainUnknownKey(key: string, schema: z.core.$ZodType | undefined): Fault {
  const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  const meant = suggestion(key, known);
  return {
    message: 'is not a key that exists here',
    remedy: meant === undefined ? `remove it, or use one of: ${known.join(', ')}` : `did you mean ${meant}?`,
  };
}

function notOneOf(value: unknown, allowed: readonly string[]): Fault {
  const list = allowed.join(', ');
  if (value === undefined) return { message: 'is missing', remedy: `choose one of: ${list}` };
  const written = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  const meant = looksSecret(written) ? undefined : suggestion(written, allowed);
  return {
    message: `is not one of: ${list}`,
    remedy: meant === undefined ? `choose one of: ${list}` : `did you mean ${meant}?`,
  };
}

function wrongKind(
  issue: Issue,
  value: unknown,
  expected: string,
  schema: z.core.$ZodType | undefined,
): Fault {
  const key = String(issue.path.at(-1));
  const example = exampleOf(schema);
  if (value === undefined)
    return { message: 'is missing', remedy: example === undefined ? `add ${key}` : `add ${key}: ${example}` };
  const suchAs = example === undefined ? '' : `, such as ${example}`;
  if (value === null)
    return { message: 'has no value', remedy: `give it ${expected}${suchAs}, or remove the key` };
  const quotes = expected === 'text' && typeof value !== 'object' ? ' and put quotes around it' : '';
  return { message: `is not ${expected}`, remedy: `make it ${expected}${suchAs}${quotes}` };
}

function exampleOf(schema: z.core.$ZodType | undefined): string | undefined {
  const examples = schema === undefined ? undefined : z.globalRegistry.get(schema)?.examples;
  return Array.isArray(examples) && examples.length > 0 ? String(examples[0]) : undefined;
}
