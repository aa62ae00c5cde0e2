import { EphemeralValue } from '../../../lib/terraform/ephemeral-value';
import { synthesiseStack } from '../../contract/support/synthesise';

test('it is a block of its own kind, and an expression that names it', () => {
  let expression = '';
  const { json } = synthesiseStack('tenant', (stack) => {
    expression = new EphemeralValue(stack, 'random-1', 'vault_generic_endpoint', {
      path: 'sys/tools/random/32',
    }).expression('write_data["random_bytes"]');
  });
  const id = /^ephemeral\.vault_generic_endpoint\.([\w-]+)\.write_data\["random_bytes"\]$/.exec(
    expression,
  )?.[1];
  expect(json.ephemeral).toEqual({ vault_generic_endpoint: { [id ?? '']: { path: 'sys/tools/random/32' } } });
});
