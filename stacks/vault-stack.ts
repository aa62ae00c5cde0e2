import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { Vault, type VaultProps } from '../lib/platform/vault';
import { configureDocker, type StateBackend } from './terraform-settings';

export interface VaultStackProps extends VaultProps {
  readonly backend: StateBackend;
}

/** The local Vault, in a stack of its own: it must run and be unsealed before anything in it can even be planned. */
export class VaultStack extends TerraformStack {
  constructor(scope: Construct, id: string, props: VaultStackProps) {
    super(scope, id);
    configureDocker(this, props.backend);
    new Vault(this, 'vault', props);
  }
}
