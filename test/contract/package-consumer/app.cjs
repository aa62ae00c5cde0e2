// A small app as a user writes it: the platform and one tenant in one stack. Prints the addresses of what it synthesised.
const { mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { App, TerraformStack } = require('cdktf');
const { NutsPlatform, NutsTenant, Vault } = require('nuts-saas');
const { addGuardrails } = require('nuts-saas/guardrails');
const { configureTerraform } = require('nuts-saas/stacks');
const { printAddresses } = require('./print-addresses.cjs');

const outdir = mkdtempSync(join(tmpdir(), 'nuts-saas-consumer-'));
const app = new App({
  outdir,
  context: { excludeStackIdFromLogicalIds: 'true', allowSepCharsInLogicalIds: 'true' },
});
const stack = new TerraformStack(app, 'care');
configureTerraform(stack, {
  backend: { type: 'local', directory: 'state' },
  vaultAddress: 'https://vault.care.nl:8200',
});
const platform = new NutsPlatform(stack, 'platform', {
  environment: 'development',
  domain: 'care.internal',
  vault: Vault.fromAddress({ address: 'https://vault.care.nl:8200', clientAddresses: ['192.0.2.0/24'] }),
  vaultSubnet: '10.80.1.0/24',
  edgeSubnet: '10.80.0.0/29',
});
const tenant = new NutsTenant(stack, 'acme', {
  platform,
  tenantId: 'acme',
  release: 'v6',
  url: 'https://acme.care.internal',
  didMethods: ['web', 'nuts'],
  subnet: '10.81.0.16/28',
});
addGuardrails(app, { environment: 'development' });
// What an override undoes, the guardrails see.
if (process.argv[2] === 'privileged') tenant.nutsNode.container.resource.addOverride('privileged', true);
app.synth();
printAddresses(outdir);
