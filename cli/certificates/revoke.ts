import { Command } from 'commander';
import { PlatformNames, TenantHosts } from '../../lib/names';
import { NODE_CERTIFICATE_FILE } from '../../lib/tenant/node-certificate';
import { Engine } from '../engine';
import { callableProxyAddress, findTenant, openProject } from '../project';
import { UserError } from '../user-error';
import { operatorVault } from '../vault/project-vault';
import { servedCertificate } from './served-certificate';

export function revokeCommand(): Command {
  return new Command('revoke')
    .description(
      "replaces the certificate that a tenant's node has from the platform's own authority, and revokes the old one",
    )
    .argument('<tenant>', 'id of the tenant')
    .addHelpText(
      'after',
      `
Every node-to-node host refuses the old one within two minutes. The node restarts on the new one, within seconds.
A certificate that was ordered is revoked by the authority that issued it.

Examples:
  nuts-saas certificates revoke acme`,
    )
    .action(async (id: string) => {
      const project = openProject();
      const { platform } = project;
      if (findTenant(project, id).certificate?.source !== 'platform-ca')
        throw new UserError(
          `tenant ${id} has no certificate of the platform's own authority`,
          'ask the authority that issued it to revoke it',
        );
      const vault = operatorVault(project);
      const { nodeToNode } = new TenantHosts(id, platform.domain);
      const { pkiMount } = new PlatformNames(platform.name);
      const shown = await servedCertificate(
        callableProxyAddress(project),
        platform.proxy.grpcPort,
        nodeToNode,
      );
      if (shown === undefined)
        throw new UserError(`the node of ${id} shows no certificate`, 'look at nuts-saas status');
      const serial = (shown.serialNumber.match(/../g) ?? []).join(':').toLowerCase();
      await vault.call('PUT', `${pkiMount}/revoke`, { serial_number: serial });
      // The list is made anew only now and then otherwise.
      await vault.call('GET', `${pkiMount}/crl/rotate`);
      await renew(platform.name, id);
      console.log(`Revoked ${serial}, until ${shown.validTo} the certificate of ${nodeToNode}.`);
    });
}

/** Without its file the sidecar has nothing to keep until its end, and asks for a new one when it starts. */
async function renew(platform: string, id: string): Promise<void> {
  const container = new PlatformNames(platform).tenant(id).of('certificate');
  await new Engine(platform).exec(container, ['sh', '-c', `rm -f ${NODE_CERTIFICATE_FILE}; kill 1`]);
}
