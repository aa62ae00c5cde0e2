import { App, TerraformStack } from 'cdktf';
import { NutsPlatform, NutsTenant, Vault, type INutsPlatform, type NutsTenantProps } from 'nuts-saas';
import { addGuardrails, RULES, type Rule } from 'nuts-saas/guardrails';
import { NutsTenantStack, type StateBackend } from 'nuts-saas/stacks';

const app = new App();
const stack = new TerraformStack(app, 'care');
const vault = Vault.fromAddress({ address: 'https://vault.care.nl:8200', clientAddresses: ['192.0.2.0/24'] });
const platform: INutsPlatform = NutsPlatform.fromAttributes(stack, 'platform', { domain: 'care.nl', vault });
const props: Omit<NutsTenantProps, 'platform'> = {
  tenantId: 'acme',
  release: 'v6',
  url: 'https://acme.care.nl',
  didMethods: ['web'],
  subnet: '10.81.0.16/28',
};
const acme: NutsTenantProps = { ...props, platform };
const tenant = new NutsTenant(stack, 'acme', acme);
export const address: string | undefined = tenant.nutsNode?.address;

const backend: StateBackend = { type: 'pg', schemaPrefix: 'nuts' };
new NutsTenantStack(app, 'tenant-acme', {
  platform: { domain: 'care.nl', vault },
  tenant: props,
  terraform: { backend, vaultAddress: vault.address },
});

const mine: Rule = {
  id: 'mine',
  severity: 'warning',
  cause: 'There is a stack.',
  why: 'It shows how a rule is written.',
  remedy: 'have none',
  sightings: ({ stacks }) => stacks.map((at) => ({ stack: at, at: 'terraform', what: 'it is there' })),
};
addGuardrails(app, { environment: 'production', rules: [...RULES, mine] }).acknowledge({
  rule: 'mine',
  where: 'care/terraform',
  reason: 'an app without a stack would be pointless',
  until: '2099-12-31',
});

// @ts-expect-error a release that there is not
new NutsTenant(stack, 'beta', { ...acme, release: 'v7' });
