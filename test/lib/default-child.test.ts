import { TerraformStack } from 'cdktf';
import { NutsPlatform, NutsTenant } from '../../lib';
import { Container } from '../../lib/engine/container';
import { ConfigFiles } from '../../lib/engine/config-files';
import { Network } from '../../lib/engine/network';
import { Volume } from '../../lib/engine/volume';
import { testApp } from '../contract/support/synthesise';
import { ACME, PLATFORM } from './support/tenant';

// `node.defaultChild` is the way past what a construct offers, and the id of that child is in every address.

test('everything that is one thing of Docker has it as its default child', () => {
  const stack = new TerraformStack(testApp(), 'tenant');
  const platform = NutsPlatform.fromAttributes(stack, 'platform', PLATFORM);
  new NutsTenant(stack, 'acme', { ...ACME, platform });

  const wrappers = stack.node
    .findAll()
    .filter((construct) =>
      [Container, ConfigFiles, Network, Volume].some((kind) => construct instanceof kind),
    );

  expect(wrappers.length).toBeGreaterThan(15);
  for (const { node } of wrappers) expect(node.defaultChild).toBe(node.findChild('Resource'));
});
