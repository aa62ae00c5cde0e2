// A small app as a user writes it: the platform and one tenant in one stack. Prints the addresses of what it synthesised.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import { NutsPlatform, NutsTenant, Vault } from 'nuts-saas';
import { addGuardrails } from 'nuts-saas/guardrails';
import { configureTerraform } from 'nuts-saas/stacks';
import { printAddresses } from './print-addresses.cjs';

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
new NutsTenant(stack, 'acme', {
  platform,
  tenantId: 'acme',
  release: 'v6',
  url: 'https://acme.care.internal',
  didMethods: ['web', 'nuts'],
  subnet: '10.81.0.16/28',
});
addGuardrails(app, { environment: 'development' });
app.synth();
printAddresses(outdir);
