import { Audit } from '@cdktf/provider-vault/lib/audit';
import { Construct } from 'constructs';
import type { PlatformNames } from '../names';

export interface VaultAuditProps {
  readonly names: PlatformNames;
  /** On Vault's own disk. */
  readonly file: string;
}

/**
 * Two audit devices: Vault refuses every request that it can write down nowhere, so a full disk under one must leave the other. Each
 * entry names the role and the tenant of who asked, and holds of a secret no more than a keyed digest.
 */
export class VaultAudit extends Construct {
  constructor(scope: Construct, id: string, { names, file }: VaultAuditProps) {
    super(scope, id);
    new Audit(this, 'file', {
      path: names.auditDevices.file,
      type: 'file',
      description: 'Every request, in a file',
      options: { file_path: file },
    });
    new Audit(this, 'output', {
      path: names.auditDevices.output,
      type: 'file',
      description: "Every request, on Vault's output",
      options: { file_path: 'stdout' },
    });
  }
}
