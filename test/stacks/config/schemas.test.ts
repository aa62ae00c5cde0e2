import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonSchemas } from '../../../stacks/config/write-schemas';

const DIRECTORY = join(__dirname, '../../../schemas');

test.each(Object.entries(jsonSchemas()))('schemas/%s is what `npm run schemas` writes', (file, schema) => {
  expect(JSON.parse(readFileSync(join(DIRECTORY, file), 'utf8'))).toEqual(schema);
});

test.each(Object.entries(jsonSchemas()))('every key of schemas/%s is described', (_, schema) => {
  expect(undescribed(schema, [])).toEqual([]);
});

function undescribed(schema: unknown, path: readonly string[]): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const children = Object.entries(schema).flatMap(([key, child]) => undescribed(child, [...path, key]));
  const isKey =
    ['properties', 'oneOf'].includes(path.at(-2) ?? '') ||
    ['items', 'additionalProperties'].includes(path.at(-1) ?? '');
  return isKey && !('description' in schema) ? [path.join('.'), ...children] : children;
}
