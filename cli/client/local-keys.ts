import { createHash } from 'node:crypto';
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { clientKeyFile } from '../../stacks/local-files';
import { readPrivateFile, writePrivateFile } from '../vault/private-file';
import { fingerprint, publicKeyOf } from './key-pair';

export interface LocalKey {
  readonly file: string;
  readonly fingerprint: string;
  readonly privateKey: string;
}

/**
 * The private keys of one client that are on this machine. The newest has the client's name; those that it took over from have a
 * digest in theirs, until they are revoked.
 */
export class LocalKeys {
  private readonly newest: string;

  constructor(project: string, tenant: string, client: string) {
    this.newest = clientKeyFile(project, tenant, client);
  }

  get file(): string {
    return this.newest;
  }

  /** The newest first. */
  all(): LocalKey[] {
    const directory = dirname(this.newest);
    // No client has a dot in its name.
    const prefix = basename(this.newest, 'pem');
    const older = existsSync(directory)
      ? readdirSync(directory).filter((name) => name.startsWith(prefix) && name !== basename(this.newest))
      : [];
    return [this.newest, ...older.sort().map((name) => join(directory, name))].flatMap((file) => {
      const privateKey = file.endsWith('.pem') ? readPrivateFile(file) : undefined;
      return privateKey === undefined
        ? []
        : [{ file, privateKey, fingerprint: fingerprint(publicKeyOf(privateKey)) }];
    });
  }

  find(wanted: string): LocalKey | undefined {
    return this.all().find((key) => key.fingerprint === wanted);
  }

  /** Keeps a key as the newest one, and the one before it under a name of its own. */
  add(privateKey: string): void {
    const before = readPrivateFile(this.newest);
    if (before !== undefined) {
      const digest = createHash('sha256').update(publicKeyOf(before)).digest('hex').slice(0, 12);
      renameSync(this.newest, this.newest.replace(/pem$/, `${digest}.pem`));
    }
    writePrivateFile(this.newest, privateKey);
  }

  /** Forgets keys that nobody accepts any more; says in which files they were. */
  remove(fingerprints: readonly string[]): string[] {
    const gone = this.all().filter((key) => fingerprints.includes(key.fingerprint));
    for (const { file } of gone) rmSync(file);
    return gone.map(({ file }) => file);
  }
}
