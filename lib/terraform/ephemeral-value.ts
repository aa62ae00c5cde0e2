import { TerraformElement } from 'cdktf';
import type { Construct } from 'constructs';

/**
 * A value that Terraform has only while it runs: it is in no plan and no state, and may flow to nothing but write-only arguments.
 * cdktf has no construct for it (its successor neither), so this one writes the block.
 */
export class EphemeralValue extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly type: string,
    private readonly values: Readonly<Record<string, unknown>>,
  ) {
    super(scope, id, `ephemeral.${type}`);
  }

  /** An expression for something of it, such as `write_data["random_bytes"]`. */
  expression(attribute: string): string {
    return `ephemeral.${this.type}.${this.friendlyUniqueId}.${attribute}`;
  }

  override toTerraform(): unknown {
    return { ephemeral: { [this.type]: { [this.friendlyUniqueId]: this.values } } };
  }
}
