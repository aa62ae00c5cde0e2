import { Subnet } from '../../lib/subnet';
import type { PlatformParts } from './platform-config';
import { suggestion } from './suggestion';
import type { YamlSource } from './yaml-source';

/** Checks that no exception opens the way to the platform's own networks, and that its tenants exist. */
export function checkEgress(
  { egress, networks }: PlatformParts,
  source: YamlSource,
  tenants: readonly string[],
): void {
  egress?.allow.forEach(({ to, tenants: only }, index) => {
    const path = ['egress', 'allow', index];
    const target = Subnet.parse(to.includes('/') ? to : `${to}/32`);
    const [own] = Object.entries(networks ?? {}).filter(([, cidr]) => Subnet.parse(cidr).overlaps(target));
    if (own !== undefined)
      source.report(
        [...path, 'to'],
        `has addresses of networks.${own[0]} (${own[1]}), where tenants and the platform meet nobody`,
        'name what is outside of the platform; tenants reach one another at their public hosts',
      );
    only?.forEach((id, place) => {
      if (tenants.includes(id)) return;
      const close = suggestion(id, tenants);
      source.report(
        [...path, 'tenants', place],
        'is not a tenant of this platform',
        close === undefined ? 'write the id of a tenant, or take it out' : `did you mean ${close}?`,
      );
    });
  });
}
