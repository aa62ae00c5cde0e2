import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { NutsPlatform } from '../lib/platform/nuts-platform';
import type { NutsPlatformAttributes } from '../lib/platform/platform-base';
import { NutsTenant, type NutsTenantProps } from '../lib/tenant/nuts-tenant';
import { configureTerraform, type TerraformSettings } from './terraform-settings';

export interface NutsTenantStackProps {
  readonly platform: NutsPlatformAttributes;
  readonly tenant: Omit<NutsTenantProps, 'platform'>;
  readonly terraform: TerraformSettings;
  /**
   * Leaves nothing in the stack, so that the next apply destroys what is protected too: keys, secrets and data.
   * @default false
   */
  readonly destroyData?: boolean;
}

/** One tenant in a state of its own: a change to it locks, and a fault of it blocks, nobody else. */
export class NutsTenantStack extends TerraformStack {
  readonly tenant?: NutsTenant;

  /** @throws when data would be destroyed of a tenant that isn't removed */
  constructor(scope: Construct, id: string, props: NutsTenantStackProps) {
    super(scope, id);
    const { tenant } = props;
    configureTerraform(this, props.terraform);
    if (props.destroyData) {
      if (tenant.state !== 'removed')
        throw new Error(`tenant ${tenant.tenantId}: data can be destroyed only when its state is "removed"`);
      return;
    }
    const platform = NutsPlatform.fromAttributes(this, 'platform', props.platform);
    this.tenant = new NutsTenant(this, tenant.tenantId, { ...tenant, platform });
  }
}
