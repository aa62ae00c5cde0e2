import { TENANT_LABEL } from '../../../../lib/engine/labels';
import { type Attempt, type AttackGroup, type Duel } from '../attack';
import { addresses } from '../party';
import { vaultAddresses } from '../surroundings';
import { connect, once, type Target } from './in-container';

const PORTS = [53, 80, 443, 4222, 5555, 6379, 8080, 8081, 8100, 8200];

/**
 * Takes over a sidecar of Vault, which shares a network with the sidecars of others: a container with tools joins the network
 * namespace of a decoy's sidecar.
 */
export const SIDECAR_NETWORK: AttackGroup = {
  name: 'network',
  harmless: false,

  controls: (duel) => [
    {
      id: 'vault',
      description: 'connecting to Vault from the network of its sidecar',
      run: async () => {
        const [address = ''] = vaultAddresses(duel.surroundings, duel.project);
        const vault = { address, port: 8200 };
        return (await fromSidecar(duel, [vault]))(vault);
      },
    },
  ],

  attacks: (duel) => {
    const targets = addresses(duel.to).flatMap(({ container, address }) =>
      PORTS.map((port) => ({ address, port, what: `${container}:${port}` })),
    );
    const all = once(() => fromSidecar(duel, targets));
    return targets.map(({ what, ...target }): Attempt => ({
      id: `sidecar ${what}`,
      description: `connecting from the network of ${duel.from.names.of('vault-proxy')} to ${what}`,
      run: async () => (await all())(target),
    }));
  },
};

async function fromSidecar({ engine, from }: Duel, targets: readonly Target[]): ReturnType<typeof connect> {
  const sidecar = from.names.of('vault-proxy');
  const probe = `${sidecar}-probe`;
  const node = from.containers.find(({ name }) => name === from.names.of('node'));
  await engine.remove('container', [probe]).catch(() => undefined);
  await engine.run(
    [
      `--name=${probe}`,
      `--network=container:${sidecar}`,
      `--label=${TENANT_LABEL}=${from.names.id}`,
      ...[
        '--read-only',
        '--cap-drop=ALL',
        '--security-opt=no-new-privileges',
        '--memory=128m',
        '--user=18081:18081',
      ],
      '--entrypoint=sleep',
    ],
    node?.image ?? '',
    ['300'],
  );
  try {
    return await connect(engine, probe, targets);
  } finally {
    await engine.remove('container', [probe]);
  }
}
