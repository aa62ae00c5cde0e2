import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { platformFile } from './platform-config';
import { tenantFile } from './tenant-config';

/** The JSON schemas by file name, with which editors complete and check the configuration while it is typed. */
export function jsonSchemas(): Record<string, object> {
  // Draft 7 is what YAML editors know best.
  const options = { io: 'input', target: 'draft-7' } as const;
  return {
    'platform.schema.json': z.toJSONSchema(platformFile, options),
    'tenant.schema.json': z.toJSONSchema(tenantFile, options),
  };
}

async function writeSchemas(directory: string): Promise<void> {
  const { format } = await import('prettier');
  for (const [file, schema] of Object.entries(jsonSchemas()))
    writeFileSync(
      join(directory, file),
      await format(JSON.stringify(schema), { parser: 'json', printWidth: 110 }),
    );
}

if (require.main === module) void writeSchemas('schemas');
