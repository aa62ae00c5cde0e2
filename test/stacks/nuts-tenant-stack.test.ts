import { NutsTenantStack, type NutsTenantStackProps } from '../../stacks';
import { testApp } from '../contract/support/synthesise';
import { ACME, PLATFORM } from '../lib/support/tenant';

const PROPS: NutsTenantStackProps = {
  platform: PLATFORM,
  tenant: ACME,
  terraform: { backend: { type: 'local', directory: 'state' }, vaultAddress: 'http://127.0.0.1:8200' },
};

test('data of a tenant that is not removed can not be destroyed', () => {
  expect(() => new NutsTenantStack(testApp(), 'tenant-acme', { ...PROPS, destroyData: true })).toThrow(
    'tenant acme: data can be destroyed only when its state is "removed"',
  );
});

test.each(['vault', 'docker', 'node', 'provider'])(
  'a tenant may be called %s, like a part of its stack',
  (tenantId) => {
    const stack = new NutsTenantStack(testApp(), `tenant-${tenantId}`, {
      ...PROPS,
      tenant: { ...ACME, tenantId },
    });
    expect(stack.tenant?.node.id).toBe(tenantId);
  },
);
