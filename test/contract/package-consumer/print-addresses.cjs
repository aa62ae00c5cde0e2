const { readFileSync, rmSync } = require('node:fs');
const { join } = require('node:path');

/** Prints the address of each resource of the stack `care`, and removes what was synthesised. */
exports.printAddresses = function printAddresses(outdir) {
  const { resource } = JSON.parse(readFileSync(join(outdir, 'stacks/care/cdk.tf.json'), 'utf8'));
  rmSync(outdir, { recursive: true });
  for (const [type, byId] of Object.entries(resource))
    for (const id of Object.keys(byId)) console.log(`${type}.${id}`);
};
