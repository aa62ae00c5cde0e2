import { TenantHosts, type TenantNames } from '../../../lib/names';
import type { TenantConfig } from '../../../stacks/config/tenant-config';
import { PlatformNames } from '../../../lib/names';
import type { ContainerDetails, Engine } from '../../engine';
import type { Project } from '../../project';

/** A client of a decoy's API, whose private key the proof made and forgets. */
export interface PartyClient {
  readonly name: string;
  readonly privateKey: string;
  /** As the node has it in its list of clients. */
  readonly publicKey: string;
}

/** A tenant in a duel. */
export interface Party {
  readonly tenant: TenantConfig;
  readonly names: TenantNames;
  readonly hosts: TenantHosts;
  readonly publicHost: string;
  /** All its containers, those that never run included. */
  readonly containers: readonly ContainerDetails[];
  /** @default - a real tenant, as whom nobody signs */
  readonly client?: PartyClient;
}

/** Looks at a tenant's containers as they are now. */
export async function party(
  { platform }: Project,
  engine: Engine,
  tenant: TenantConfig,
  client?: PartyClient,
): Promise<Party> {
  const listed = (await engine.containers()).filter((container) => container.tenant === tenant.id);
  return {
    tenant,
    names: new PlatformNames(platform.name).tenant(tenant.id),
    hosts: new TenantHosts(tenant.id, platform.domain),
    publicHost: new URL(tenant.url).hostname,
    containers: await engine.inspect(listed.map(({ name }) => name)),
    ...(client && { client }),
  };
}

/** Addresses of a tenant's containers, wherever they have one. */
export function addresses({ containers }: Party): { container: string; address: string }[] {
  return containers.flatMap(({ name, networks }) =>
    networks.filter(({ address }) => address !== '').map(({ address }) => ({ container: name, address })),
  );
}
