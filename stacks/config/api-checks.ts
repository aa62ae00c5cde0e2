import { isOpen } from '../../lib/tenant/api-access';
import { API_GUARDS } from './api-config';
import type { TenantRecord } from './tenant-checks';

/** Checks that whoever has a key can come in as well. */
export function checkGuards({ source, parts: { api } }: TenantRecord): void {
  if (api === undefined || Object.keys(api.clients ?? {}).length === 0) return;
  const guards = API_GUARDS.map((guard) => `api.${guard}`).join(', ');
  if (!isOpen(api)) {
    source.report(
      ['api', 'clients'],
      'are of no use, since the API is closed until a guard says who may come',
      `add one of: ${guards}`,
    );
    return;
  }
  const clients = Object.entries(api.clients ?? {});
  const others = clients.find(([, { addresses }]) => addresses !== undefined)?.[0];
  if (api.addresses !== undefined || others === undefined) return;
  for (const [name, { addresses }] of clients)
    if (addresses === undefined)
      source.report(
        ['api', 'clients', name],
        `has no addresses, so that it could come from those of client ${others} only`,
        'add its addresses, or api.addresses for all clients',
      );
}

/** Checks that a key belongs to one client of one tenant. */
export function checkKeys(tenants: readonly TenantRecord[]): void {
  const owners = new Map<string, { tenant: TenantRecord; client: string }>();
  for (const tenant of tenants)
    for (const [client, { keys }] of Object.entries(tenant.parts.api?.clients ?? {}))
      for (const [index, key] of keys.entries()) {
        const owner = owners.get(key);
        if (owner === undefined) owners.set(key, { tenant, client });
        else reportSharedKey(tenant, client, index, owner);
      }
}

function reportSharedKey(
  tenant: TenantRecord,
  client: string,
  index: number,
  owner: { tenant: TenantRecord; client: string },
): void {
  const path = ['api', 'clients', client, 'keys', index];
  const options = { hideValue: true };
  if (owner.tenant === tenant && owner.client === client) {
    tenant.source.report(path, 'is there already', 'write each key once', options);
    return;
  }
  const isSame = owner.tenant === tenant;
  const whose = isSame ? `client ${owner.client}` : `client ${owner.client} in ${owner.tenant.source.file}`;
  const why = isSame
    ? 'the log could not tell the two apart'
    : "but for its audience, a token for one tenant would be good for the other's node";
  tenant.source.report(
    path,
    `is the key of ${whose}: ${why}`,
    `make each client a key of its own, with npx nuts-saas client add ${tenant.id} ${client}`,
    options,
  );
}
