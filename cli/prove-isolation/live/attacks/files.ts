import { type Attempt, type AttackGroup, blocked, type Duel, succeeded, type Verdict } from '../attack';
import { PlatformNames } from '../../../../lib/names';
import type { ContainerDetails } from '../../../engine';

/** Looks at what each container of a tenant was given: nothing is tried, so real tenants' are looked at too. */
export const FILES: AttackGroup = {
  name: 'files',
  harmless: true,

  controls: ({ from }) => [
    {
      id: 'looked-at',
      description: 'finding the containers and volumes of a tenant',
      run: () =>
        Promise.resolve(
          from.containers.some(({ mounts }) => mounts.length > 0)
            ? succeeded(`${from.containers.length} containers`)
            : blocked('none found'),
        ),
    },
  ],

  attacks: (duel) => [
    ...duel.from.containers.flatMap((container) => whatItWasGiven(container)),
    ...crossing(duel),
    platformMounts(duel),
  ],
};

function whatItWasGiven(container: ContainerDetails): Attempt[] {
  const { name, mounts } = container;
  // A route's container has a digest of the route in its name.
  const part = name.replace(/-route-[0-9a-f]{8}$/, '-route');
  const none = (id: string, description: string, found: readonly string[]): Attempt => ({
    id: `${id} ${part}`,
    description: `${description} of ${part}`,
    to: 'platform',
    run: () => Promise.resolve(found.length === 0 ? blocked('none') : succeeded(found.join(', '))),
  });
  const attempts = [
    none(
      'host paths',
      'paths of the host, Docker’s socket among them, in the hands',
      mounts.filter(({ type }) => type === 'bind').map(({ source }) => source),
    ),
    none('devices', 'devices of the host in the hands', container.devices > 0 ? ['devices'] : []),
    none('namespaces', 'namespaces of the host or of others, in the hands', [
      ...container.foreignNamespaces,
      ...(/^(host|container:.*)$/.test(container.networkMode) ? [container.networkMode] : []),
    ]),
    none('privileges', 'privileges', container.privileged ? ['privileged'] : []),
  ];
  if (!container.running) return attempts;
  return [
    ...attempts,
    none('capabilities', 'capabilities', [
      ...container.addedCapabilities,
      ...(container.droppedCapabilities.includes('ALL') ? [] : ['not all were dropped']),
    ]),
    none('writable root', 'a writable root', container.readOnlyRoot ? [] : ['the root is writable']),
    none(
      'new privileges',
      'ways to new privileges',
      container.securityOptions.some((option) => option.startsWith('no-new-privileges'))
        ? []
        : ['set-user-id'],
    ),
  ];
}

/** What runs beside the tenants may read files of the host that it was given, and no more: never Docker's socket, never write. */
function platformMounts({ surroundings }: Duel): Attempt {
  return {
    id: 'platform host paths',
    description: 'Docker’s socket and writable paths of the host, in the hands of what tenants share',
    to: 'platform',
    run: () => {
      const found = surroundings.platform.flatMap(({ name, mounts }) =>
        mounts
          .filter(({ type, source, writable }) => type === 'bind' && (writable || source.endsWith('.sock')))
          .map(({ source }) => `${source} in ${name}`),
      );
      return Promise.resolve(found.length === 0 ? blocked('none') : succeeded(found.join(', ')));
    },
  };
}

/** Volumes and networks that both have. Two are shared on purpose. */
function crossing({ project, from, to }: Duel): Attempt[] {
  const names = new PlatformNames(project.platform.name);
  const shared = (own: readonly string[], theirs: readonly string[], allowed: string): Promise<Verdict> => {
    const both = [...new Set(own)].filter((name) => theirs.includes(name) && name !== allowed);
    return Promise.resolve(both.length === 0 ? blocked('none') : succeeded(both.join(', ')));
  };
  const volumes = ({ containers }: typeof from) =>
    containers.flatMap(({ mounts }) =>
      mounts.filter(({ type }) => type === 'volume').map(({ source }) => source),
    );
  const networks = ({ containers }: typeof from) =>
    containers.flatMap(({ networks: joined }) =>
      joined.map(({ name }) => name).filter((name) => name !== 'none'),
    );
  return [
    {
      id: 'shared volumes',
      description: 'volumes and sockets that both have, but for the one that routes are put in',
      run: () => shared(volumes(from), volumes(to), names.of('routes')),
    },
    {
      id: 'shared networks',
      description: 'networks that both are on, but for the one of Vault and its sidecars',
      run: () => shared(networks(from), networks(to), names.of('vault')),
    },
    {
      id: 'vault socket',
      description: 'containers that have the other’s Vault socket, but its node and its sidecar',
      run: () => {
        const socket = to.names.of('vault-socket');
        const own = [to.names.of('node'), to.names.of('vault-proxy')];
        const strangers = [...from.containers, ...to.containers].filter(
          ({ name, mounts }) => !own.includes(name) && mounts.some(({ source }) => source === socket),
        );
        return Promise.resolve(
          strangers.length === 0 ? blocked('none') : succeeded(strangers.map(({ name }) => name).join(', ')),
        );
      },
    },
  ];
}
