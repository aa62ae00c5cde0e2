import {
  NutsPlatform,
  NutsTenant,
  Vault,
  type NutsPlatformAttributes,
  type NutsTenantProps,
} from '../../../lib';
import type { StackJson } from '../../contract/support/stack-json';
import { synthesiseStack } from '../../contract/support/synthesise';

export const PLATFORM: NutsPlatformAttributes = {
  domain: 'care.internal',
  vault: Vault.fromSubnet('10.80.1.0/24'),
  edgeSubnet: '10.80.0.0/29',
};

export const ACME = {
  tenantId: 'acme',
  release: 'v6',
  url: 'https://acme.care.internal',
  didMethods: ['web', 'nuts'],
  subnet: '10.81.0.16/28',
} satisfies Omit<NutsTenantProps, 'platform'>;

/** The stack of tenant `acme`, with what a test wants otherwise. */
export function tenantStack(
  tenant: Partial<Omit<NutsTenantProps, 'platform'>> = {},
  platform: Partial<NutsPlatformAttributes> = {},
): StackJson {
  return synthesiseStack('tenant', (stack) => {
    const shared = NutsPlatform.fromAttributes(stack, 'platform', { ...PLATFORM, ...platform });
    const id = tenant.tenantId ?? ACME.tenantId;
    new NutsTenant(stack, id, { ...ACME, ...tenant, platform: shared });
  });
}
