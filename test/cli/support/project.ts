import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A project in a folder that exists only meanwhile, and in which commands find themselves. */
export class TemporaryProject {
  readonly directory = mkdtempSync(join(tmpdir(), 'nuts-saas-project-'));
  private readonly before = process.cwd();

  constructor(files: Readonly<Record<string, string>>) {
    mkdirSync(join(this.directory, 'tenants'));
    for (const [path, content] of Object.entries(files)) this.write(path, content);
    process.chdir(this.directory);
  }

  write(path: string, content: string): void {
    mkdirSync(dirname(join(this.directory, path)), { recursive: true });
    writeFileSync(join(this.directory, path), content);
  }

  read(path: string): string {
    return readFileSync(join(this.directory, path), 'utf8');
  }

  remove(): void {
    process.chdir(this.before);
    rmSync(this.directory, { recursive: true });
  }
}
