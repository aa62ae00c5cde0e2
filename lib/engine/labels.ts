/** Docker labels that say whose a container, volume or network is: `down`, `status` and a person with `docker ps` go by them. */
export type Labels = Readonly<Record<string, string>>;

export const PLATFORM_LABEL = 'nuts-saas.platform';
export const TENANT_LABEL = 'nuts-saas.tenant';

export function platformLabels(platform: string): Labels {
  return { [PLATFORM_LABEL]: platform };
}

export function tenantLabels(platform: string, tenant: string): Labels {
  return { ...platformLabels(platform), [TENANT_LABEL]: tenant };
}

/** Labels in the form of the Docker provider, in a fixed order. */
export function labelBlocks(labels: Labels): { label: string; value: string }[] {
  return Object.entries(labels)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([label, value]) => ({ label, value }));
}
