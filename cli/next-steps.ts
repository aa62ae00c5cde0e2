import { relative } from 'node:path';
import { TenantHosts } from '../lib/names';
import { authorityFile } from '../stacks/local-files';
import { callableProxyAddress, type Project } from './project';

/** Commands that work as they stand, on a machine whose DNS knows none of the hosts. */
export function nextSteps(project: Project): string {
  const { platform, tenants, directory } = project;
  const active = tenants.filter(({ state }) => state === 'active');
  if (active.length === 0) return 'Next: describe a tenant in tenants/<id>.yaml, and run this again.';
  // The calls below are those of v6.
  const tenant = active.find(({ release }) => release === 'v6');
  if (tenant === undefined) return 'Next: npx nuts-saas status, or npx nuts-saas --help';
  const { id } = tenant;
  const url = new URL(tenant.url);
  const { api } = new TenantHosts(id, platform.domain);
  const address = callableProxyAddress(project);
  const port = platform.proxy.httpsPort;
  const cacert =
    platform.proxy.tls.issuer === 'platform-ca'
      ? ` --cacert ${relative(directory, authorityFile(directory))}`
      : '';
  const curl = (host: string) => `curl -sS${cacert} --resolve ${host}:${port}:${address}`;
  return `Next, for instance:

  # who ${id} is to the world: the node answers on its public host, with 404 until it has a DID
  ${curl(url.hostname)} ${tenant.url}/.well-known/did.json -i

  # open ${id}'s API to this machine, with a key for a client called "ehr"
  npx nuts-saas client add ${id} ehr && npx nuts-saas apply tenant-${id} --auto-approve

  # let that client give ${id} a subject with its DIDs
  ${curl(api)} https://${api}/internal/vdr/v2/subject \\
    -H "Authorization: Bearer $(npx nuts-saas client token ${id} ehr)" -H 'Content-Type: application/json' -d '{"subject":"${id}"}'

  npx nuts-saas status      how everything is
  npx nuts-saas --help      what else there is`;
}
