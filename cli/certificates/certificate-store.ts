import type { CertificatePaths } from '../../lib/certificate/certificate-paths';
import { UserError } from '../user-error';
import { type VaultClient, VaultRefusal } from '../vault/vault-client';
import type { SigningRequest } from './signing-request';

/** A request that waits for its certificate. */
export interface Pending {
  readonly csr: string;
  /** Fingerprint of its key. */
  readonly key: string;
  readonly hosts: readonly string[];
  /** ISO 8601. */
  readonly requested: string;
}

/** The certificate in use. */
export interface Stored {
  /** PEM, the certificate first. */
  readonly chain: string;
  readonly key: string;
  /** Number of its version in Vault. */
  readonly version: number;
}

interface Secret<T> {
  readonly data: { readonly data: T | null; readonly metadata: { readonly version: number } };
}

/** One holder's certificates in Vault, as the operator may see them: keys go in, and only their names come out. */
export class CertificateStore {
  constructor(
    private readonly vault: VaultClient,
    private readonly paths: CertificatePaths,
  ) {}

  async pending(): Promise<Pending | undefined> {
    return (await this.read<Pending>(this.paths.pending))?.data.data ?? undefined;
  }

  async current(): Promise<Stored | undefined> {
    const secret = await this.read<Omit<Stored, 'version'>>(this.paths.certificate);
    return secret?.data.data ? { ...secret.data.data, version: secret.data.metadata.version } : undefined;
  }

  /** Whether Vault has the private half of a public key. */
  async hasKey(fingerprint: string): Promise<boolean> {
    return (await this.find(this.paths.keyRecord(fingerprint))) !== undefined;
  }

  /** Puts a new key beside the one in use, and remembers what it waits for. */
  async addPending(
    { csr, privateKey, fingerprint }: SigningRequest,
    hosts: readonly string[],
  ): Promise<void> {
    // Never over a key that is there.
    await this.write(this.paths.key(fingerprint), { key: privateKey }, 0);
    const pending: Pending = { csr, key: fingerprint, hosts, requested: new Date().toISOString() };
    await this.write(this.paths.pending, pending);
  }

  /** In one write: who reads it has either the old certificate and key, or the new ones. */
  async use(chain: string, key: string, before: Stored | undefined): Promise<void> {
    await this.write(this.paths.certificate, { chain, key }, before?.version ?? 0);
    const pending = await this.pending();
    if (pending?.key === key) await this.vault.call('DELETE', this.paths.pendingRecord);
  }

  /** Removes the keys that nothing needs any more. */
  async keepOnlyKeys(needed: readonly (string | undefined)[]): Promise<void> {
    const list = await this.find<{ data: { keys: string[] } }>(`${this.paths.keyList}?list=true`);
    for (const key of list?.data.keys ?? [])
      if (!needed.includes(key)) await this.vault.call('DELETE', this.paths.keyRecord(key));
  }

  private read<T>(path: string): Promise<Secret<T> | undefined> {
    return this.find<Secret<T>>(path);
  }

  private async find<T>(path: string): Promise<T | undefined> {
    try {
      return await this.vault.call<T>('GET', path);
    } catch (error) {
      if (!(error instanceof VaultRefusal)) throw error;
      if (error.status === 404) return undefined;
      if (error.status !== 403) throw error;
      throw new UserError(
        `Vault doesn't let this token see ${path}`,
        'give it the policy in policies/vault-operator.hcl; nuts-saas up does so for a local Vault',
      );
    }
  }

  private async write(path: string, data: object, cas?: number): Promise<void> {
    await this.vault.call('PUT', path, { data, ...(cas !== undefined && { options: { cas } }) });
  }
}
