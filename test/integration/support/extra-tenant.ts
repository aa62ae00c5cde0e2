import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { callApi, token } from './https';
import { eventually, nutsSaas, PROJECT, succeed } from './platform';

const SUBJECTS = '/internal/vdr/v2/subject';

/** A tenant that a test adds to those of the platform, and takes away again. */
export class ExtraTenant {
  readonly stack: string;
  private readonly file: string;

  constructor(
    readonly id: string,
    private readonly yaml: string,
  ) {
    this.stack = `tenant-${id}`;
    this.file = join(PROJECT, 'tenants', `${id}.yaml`);
  }

  /** Writes its file, with a client of its API. */
  describe(): void {
    writeFileSync(this.file, this.yaml);
    succeed(nutsSaas('client', 'add', this.id, 'test', '--from', '10.80.0.1'));
  }

  apply(): void {
    succeed(nutsSaas('apply', this.stack, '--auto-approve'));
  }

  /** Its subjects with their DIDs, once the node answers. */
  async subjects(): Promise<Record<string, string[]>> {
    const answer = await eventually(async () => {
      const found = await callApi(this.id, SUBJECTS, { bearer: token(this.id, 'test') });
      expect(found.status).toBe(200);
      return found;
    });
    return JSON.parse(answer.body) as Record<string, string[]>;
  }

  /** Makes a subject, and gives its DIDs. */
  async makeSubject(subject: string): Promise<string[]> {
    await this.subjects();
    const body = { subject };
    const made = await callApi(this.id, SUBJECTS, { method: 'POST', bearer: token(this.id, 'test'), body });
    expect({ status: made.status, body: made.body }).toMatchObject({ status: 200 });
    return (JSON.parse(made.body) as { documents: { id: string }[] }).documents.map(({ id }) => id);
  }

  /** With its data and keys. */
  remove(): void {
    writeFileSync(this.file, `${this.yaml}state: removed\nremoveData: ${this.id}\n`);
    this.apply();
    rmSync(this.file);
    rmSync(join(PROJECT, '.nuts-saas', 'clients', this.id), { recursive: true, force: true });
  }
}
