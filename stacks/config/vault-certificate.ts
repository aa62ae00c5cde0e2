import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { PlatformFile, PlatformParts } from './platform-config';
import type { YamlSource } from './yaml-source';

type External = Extract<PlatformFile['vault'], { kind: 'external' }>;

/** The Vault of a platform, with the certificate that its file names. */
export type VaultConfig =
  Extract<PlatformFile['vault'], { kind: 'local' }> | (External & { readonly caCertificate?: string });

/** Checks that the file with the certificate of Vault's authority is there and is one. */
export function checkVaultCertificate({ vault }: PlatformParts, source: YamlSource, directory: string): void {
  if (vault?.kind !== 'external' || vault.caCertificateFile === undefined) return;
  const fault = faultOf(directory, vault.caCertificateFile);
  if (fault !== undefined)
    source.report(
      ['vault', 'caCertificateFile'],
      fault,
      'write the path, relative to platform.yaml, of a PEM file with the certificate of the authority that issued that of Vault',
    );
}

/** Reads the certificate of Vault's authority, where one is named. */
export function withCertificate(vault: PlatformFile['vault'], directory: string): VaultConfig {
  if (vault.kind !== 'external' || vault.caCertificateFile === undefined) return vault;
  return { ...vault, caCertificate: readFileSync(join(directory, vault.caCertificateFile), 'utf8') };
}

function faultOf(directory: string, file: string): string | undefined {
  if (isAbsolute(file)) return 'is an absolute path, which is another file on every machine';
  let content: string;
  try {
    content = readFileSync(join(directory, file), 'utf8');
  } catch {
    return "can't be read";
  }
  if (content.includes('PRIVATE KEY')) return 'holds a private key, which belongs nowhere near this file';
  try {
    return new X509Certificate(content).ca ? undefined : 'holds the certificate of no authority';
  } catch {
    return 'holds no certificate in PEM';
  }
}
