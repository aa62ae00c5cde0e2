/**
 * Where a node-to-node certificate lies in a KV v2 mount. A key is named after the fingerprint of its public half and written once;
 * the certificate names the key that it belongs to. So whoever imports a certificate sees that the key is there, and never reads it.
 */
export class CertificatePaths {
  /** The certificate in use: its chain, and the name of its key. */
  readonly certificate: string;
  /** The request that waits for its certificate: nothing in it is secret. */
  readonly pending: string;
  /** What is known of the keys without reading one: lists them, and removes one. */
  readonly keyList: string;
  readonly pendingRecord: string;

  constructor(readonly mount: string) {
    this.certificate = `${mount}/data/certificates/node`;
    this.pending = `${mount}/data/certificates/pending`;
    this.pendingRecord = `${mount}/metadata/certificates/pending`;
    this.keyList = `${mount}/metadata/certificates/keys`;
  }

  /** A private key by the SHA-256 of its public half, in hex; `+` for all of them in a policy. */
  key(fingerprint: string): string {
    return `${this.mount}/data/certificates/keys/${fingerprint}`;
  }

  keyRecord(fingerprint: string): string {
    return `${this.keyList}/${fingerprint}`;
  }
}
