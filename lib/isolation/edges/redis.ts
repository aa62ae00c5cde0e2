import { containers, mountedVolumes, nameOf, tenantOf, uploadsOf } from '../../guardrails/containers';
import { keysMeet, keysOf, parseAcl } from '../../guardrails/knowledge/redis-acl';
import { othersThan, tenants } from '../../guardrails/knowledge/tenants';
import type { StackJson } from '../../guardrails/stack-json';
import type { Edge, Thing } from '../graph';
import { volumeId } from './volume';

const keysId = (tenant: string) => `keys of ${tenant} in Redis`;

export function redisThings(stacks: readonly StackJson[]): Thing[] {
  const all = tenants(stacks);
  return all
    .flatMap((tenant) => [tenant, ...othersThan(tenant, all)])
    .map(({ id }) => ({ id: keysId(id), owner: id }));
}

/** From the volume with an ACL file to its users, and on to the keys that they may use, wherever those keys are. */
export function redisEdges(stacks: readonly StackJson[]): Edge[] {
  const kind = 'redis' as const;
  const all = tenants(stacks);
  return stacks.flatMap((stack) =>
    containers(stack).flatMap((carrier) => {
      const users = Object.entries(uploadsOf(carrier))
        .filter(([file]) => file.endsWith('.acl'))
        .flatMap(([, content]) => parseAcl(content));
      return users
        .filter(({ isOn }) => isOn)
        .flatMap(({ name, keys }): Edge[] => {
          const self = all.find(({ id }) => id === (tenantOf(carrier) ?? name));
          const everybody = self === undefined ? all : [self, ...othersThan(self, all)];
          const user = `user ${name} of ${nameOf(carrier)}`;
          return [
            ...mountedVolumes(stack, carrier).map(({ volume }) => ({
              kind,
              from: volumeId(volume),
              how: 'describes',
              to: user,
            })),
            ...everybody
              .filter(({ id }) => keysOf(id).some((theirs) => keys.some((own) => keysMeet(own, theirs))))
              .map(({ id }) => ({ kind, from: user, how: 'may use', to: keysId(id) })),
          ];
        });
    }),
  );
}
