import type { ApiClient } from '../../lib/tenant/api-access';
import { findTenant, type Project } from '../project';
import { UserError } from '../user-error';
import { fingerprint } from './key-pair';

/** @throws UserError when the tenant or its client isn't configured */
export function findClient(project: Project, tenant: string, client: string): ApiClient {
  const { api } = findTenant(project, tenant);
  const found = api?.clients && Object.hasOwn(api.clients, client) ? api.clients[client] : undefined;
  if (found !== undefined) return found;
  const known = Object.keys(api?.clients ?? {}).join(', ');
  throw new UserError(
    `tenant ${tenant} has no client "${client}"`,
    known === '' ? `nuts-saas client add ${tenant} ${client} makes it` : `known are: ${known}`,
  );
}

/** @throws UserError when the client has no such key */
export function findKey(client: ApiClient, wanted: string): string {
  const key = client.keys.find((candidate) => fingerprint(candidate) === wanted);
  if (key !== undefined) return key;
  throw new UserError(
    `the client has no key ${wanted}`,
    `its keys are: ${client.keys.map(fingerprint).join(', ')}`,
  );
}
