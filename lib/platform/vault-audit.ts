import { Audit } from '@cdktf/provider-vault/lib/audit';
import { Aspects, dependable, TerraformResource, TerraformStack } from 'cdktf';
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
 *
 * They come before everything else that the stack makes in Vault: it is in the log then, and Vault answers 500 to requests that are
 * under way while a device is added, though it has done what they asked.
 */
export class VaultAudit extends Construct {
  constructor(scope: Construct, id: string, { names, file }: VaultAuditProps) {
    super(scope, id);
    const toFile = new Audit(this, 'file', {
      path: names.auditDevices.file,
      type: 'file',
      description: 'Every request, in a file',
      options: { file_path: file },
    });
    const toOutput = new Audit(this, 'output', {
      path: names.auditDevices.output,
      type: 'file',
      description: "Every request, on Vault's output",
      options: { file_path: 'stdout' },
      dependsOn: [toFile],
    });
    Aspects.of(TerraformStack.of(this)).add({
      visit: (node) => {
        if (!TerraformResource.isTerraformResource(node)) return;
        const { terraformResourceType: type } = node;
        if (type.startsWith('vault_') && type !== Audit.tfResourceType)
          node.dependsOn = [...(node.dependsOn ?? []), dependable(toOutput)];
      },
    });
  }
}
