import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Identity {
  readonly cert: string;
  readonly key: string;
}

/** An authority for client certificates, of openssl, in a folder that exists only meanwhile. */
export class ClientAuthority {
  readonly certificate: string;
  private readonly directory = mkdtempSync(join(tmpdir(), 'nuts-saas-ca-'));

  constructor(name: string) {
    this.certificate = this.selfSigned('ca', name).cert;
    mkdirSync(join(this.directory, 'issued'));
    this.write('index.txt', '');
    this.write('serial', '01\n');
    this.write(
      'ca.cnf',
      `[ca]\ndefault_ca = it\n[it]\ndir = ${this.directory}\ndatabase = $dir/index.txt\nnew_certs_dir = $dir/issued\nserial = $dir/serial\n` +
        `certificate = $dir/ca.crt\nprivate_key = $dir/ca.key\ndefault_md = sha256\npolicy = any\nunique_subject = no\n[any]\ncommonName = supplied\n`,
    );
  }

  /** @param days how long it is good for, from yesterday on; a negative number for one that no longer is */
  issue(name: string, days = 30): Identity {
    this.openssl('req', '-new', ...newKey(name), '-subj', `/CN=${name}`, '-out', `${name}.csr`);
    const [start, end] = days < 0 ? [days - 1, days] : [-1, days];
    this.openssl(
      ...['ca', '-batch', '-config', 'ca.cnf', '-in', `${name}.csr`, '-out', `${name}.crt`, '-notext'],
      ...['-startdate', date(start), '-enddate', date(end)],
    );
    return this.read(name);
  }

  selfSigned(file: string, name: string): Identity {
    this.openssl(
      'req',
      '-x509',
      '-days',
      '30',
      ...newKey(file),
      '-subj',
      `/CN=${name}`,
      '-out',
      `${file}.crt`,
    );
    return this.read(file);
  }

  remove(): void {
    rmSync(this.directory, { recursive: true });
  }

  private openssl(...args: string[]): void {
    execFileSync('openssl', args, { cwd: this.directory, stdio: 'pipe' });
  }

  private read(name: string): Identity {
    const file = (ending: string) => readFileSync(join(this.directory, `${name}.${ending}`), 'utf8');
    return { cert: file('crt'), key: file('key') };
  }

  private write(name: string, content: string): void {
    writeFileSync(join(this.directory, name), content);
  }
}

function newKey(name: string): string[] {
  return ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${name}.key`];
}

function date(days: number): string {
  const text = new Date(Date.now() + days * 86_400_000).toISOString();
  return `${text.replaceAll(/[-:T]/g, '').slice(0, 14)}Z`;
}
