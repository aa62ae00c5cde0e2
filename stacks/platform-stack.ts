import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { NutsPlatform, type NutsPlatformProps } from '../lib/platform/nuts-platform';
import { configureTerraform, type TerraformSettings } from './terraform-settings';

export interface PlatformStackProps {
  readonly platform: NutsPlatformProps;
  readonly terraform: TerraformSettings;
}

/** What tenants share, in a state of its own. */
export class PlatformStack extends TerraformStack {
  readonly platform: NutsPlatform;

  constructor(scope: Construct, id: string, props: PlatformStackProps) {
    super(scope, id);
    configureTerraform(this, props.terraform);
    this.platform = new NutsPlatform(this, 'platform', props.platform);
  }
}
