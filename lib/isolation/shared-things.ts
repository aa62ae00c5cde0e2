import { nameOf, started } from '../guardrails/containers';
import { networks } from '../guardrails/knowledge/networks';
import { tenants } from '../guardrails/knowledge/tenants';
import { volumes } from '../guardrails/knowledge/volumes';
import type { StackJson } from '../guardrails/stack-json';
import { guardKind } from './containers';
import type { SharedThing } from './report';

const REASONS: Readonly<Record<string, string>> = {
  proxy:
    "it passes on what a route names and nothing else: each route leads to its own tenant's network, no host is in two routes, and what isn't for strangers is behind a guard",
  resolver: 'it answers names and addresses, the same to everybody',
  egress: 'it writes the rules of the firewall, and listens on nothing',
  vault: "it does what policies say: no login has a policy that matches anything of another tenant's",
  redis: "it does what its users' rights say: none has keys that match another tenant's",
  sidecar: 'it listens on nothing, and has no login but its own',
};

/** What more than one tenant touches. That each reason holds is seen by there being no way through. */
export function sharedThings(stacks: readonly StackJson[]): SharedThing[] {
  const everybody = tenants(stacks).map(({ id }) => id);
  return [
    ...stacks.flatMap((stack) =>
      started(stack).flatMap((container) => {
        const kind = guardKind(stack, container);
        const reason = kind === undefined ? undefined : REASONS[kind];
        return reason === undefined
          ? []
          : [{ thing: `container ${nameOf(container)}`, tenants: everybody, reason }];
      }),
    ),
    ...networks(stacks)
      .filter(({ owner }) => owner === undefined)
      .map(({ name, members }) => ({
        thing: `network ${name}`,
        tenants: idsOf(members),
        reason:
          "tenants' containers on it are sidecars that their configuration makes listen on unix sockets only",
      })),
    ...volumes(stacks)
      .filter(({ owner }) => owner === undefined)
      .map(({ name, mountings }) => ({
        thing: `volume ${name}`,
        tenants: idsOf(mountings),
        reason:
          "tenants' containers that mount it have no network and no other volume: nothing gets in but their own route, and what they could read has no way out",
      })),
  ].filter((shared) => shared.tenants.length > 0);
}

function idsOf(members: readonly { readonly tenant?: string }[]): string[] {
  const ids = members.map(({ tenant }) => tenant).filter((tenant) => tenant !== undefined);
  return [...new Set(ids)].sort();
}
