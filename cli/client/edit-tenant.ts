import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, parseDocument } from 'yaml';
import { loadConfiguration } from '../../stacks/config/load';
import type { Project } from '../project';

/**
 * Edits a tenant's file and leaves the rest of it, comments included, as its author wrote it.
 *
 * @throws ConfigurationError when what came out can't be used; the file is then what it was
 */
export function editTenant(project: Project, id: string, change: (document: Document) => void): void {
  const file = join(project.directory, 'tenants', `${id}.yaml`);
  const before = readFileSync(file, 'utf8');
  const document = parseDocument(before);
  change(document);
  writeFileSync(file, document.toString({ lineWidth: 0, flowCollectionPadding: false }));
  try {
    loadConfiguration(project.directory);
  } catch (error) {
    writeFileSync(file, before);
    throw error;
  }
}
