import { type Attempt, type AttackGroup, type Duel, succeeded, blocked } from '../attack';
import { addresses } from '../party';
import { vaultAddresses } from '../surroundings';
import { connect, once, type Target, runIn } from './in-container';

// The node's (old and new defaults among them), Redis, databases, Vault and its cluster, Docker.
const PORTS = [80, 443, 1323, 2375, 4222, 5432, 5555, 6379, 8080, 8081, 8200, 8201];

/** Takes over a node, and tries to connect to each container of another tenant, and to Vault: only connections, nothing is sent on them. */
export const NETWORK: AttackGroup = {
  name: 'network',
  harmless: true,

  controls: (duel) => [ownListener(duel)],

  attacks: (duel) => [
    ...attempts(
      duel,
      addresses(duel.to).flatMap(({ container, address }) =>
        PORTS.map((port) => ({ address, port, what: `${container}:${port}` })),
      ),
    ),
    // Its own sidecars are beside Vault, and listen on nothing.
    ...attempts(
      duel,
      addresses(duel.from)
        .filter(({ container }) => container !== duel.from.names.of('node'))
        .flatMap(({ container, address }) =>
          [8100, 8200].map((port) => ({ address, port, what: `${container}:${port}` })),
        ),
    ),
    ...attempts(
      duel,
      vaultAddresses(duel.surroundings, duel.project).flatMap((address) =>
        [8200, 8201].map((port) => ({ address, port, what: `Vault:${port}` })),
      ),
      'platform',
    ),
    ...withoutNetwork(duel),
  ],
};

function ownListener({ engine, from }: Duel): Attempt {
  const node = from.names.of('node');
  return {
    id: 'own',
    description: `connecting from ${node} to its own public port`,
    run: async () => {
      const address = addresses(from).find(({ container }) => container === node)?.address ?? '';
      const own = { address, port: 8080 };
      return (await connect(engine, node, [own]))(own);
    },
  };
}

function attempts(
  { engine, from }: Duel,
  targets: readonly (Target & { what: string })[],
  to?: 'platform',
): Attempt[] {
  const node = from.names.of('node');
  const all = once(() => connect(engine, node, targets));
  return targets.map(({ what, ...target }) => ({
    id: `connect ${what}`,
    description: `connecting from ${node} to ${what}`,
    ...(to && { to }),
    run: async () => (await all())(target),
  }));
}

/** What has no address can't be connected to: that it has none is what is checked. */
function withoutNetwork({ engine, to }: Duel): Attempt[] {
  return to.containers
    .filter(({ running, name }) => running && (name === to.names.of('redis') || name.includes('-route')))
    .map(({ name, networkMode }) => ({
      id: `no network ${name.replace(/-route-\w+$/, '-route')}`,
      description: `whether ${name} has a network at which it could be reached`,
      run: async () => {
        const { output } = await runIn(engine, name, ['cat', '/proc/net/dev']);
        const interfaces = output
          .split('\n')
          .map((line) => /^\s*([\w.@-]+):/.exec(line)?.[1])
          .filter((found) => found !== undefined && found !== 'lo');
        return networkMode === 'none' && interfaces.length === 0
          ? blocked('no interface but loopback')
          : succeeded(`mode ${networkMode}, interfaces ${interfaces.join(', ')}`);
      },
    }));
}
