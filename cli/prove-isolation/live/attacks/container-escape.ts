import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { operatorTokenFile, vaultKeysFile } from '../../../../stacks/local-files';
import { type Attempt, type AttackGroup, blocked, type Duel, notRun, succeeded } from '../attack';
import { runIn } from './in-container';

/** From inside each container: writing where it may not, using what it has no capability for, finding Docker. */
const TRIALS: Record<string, [string, string]> = {
  root: ['writing to the root', 'echo x > /intruder'],
  etc: ['writing to /etc', 'echo x >> /etc/passwd'],
  kernel: ['writing kernel settings', 'echo 1 > /proc/sys/net/ipv4/ip_forward'],
  sys: ['writing to /sys', 'echo 1 > /sys/kernel/mm/transparent_hugepage/enabled'],
  mount: ['mounting a file system', 'mount -t tmpfs none /tmp'],
  device: ['making a device', 'mknod /tmp/disk b 8 0'],
  'raw-memory': ['reading the machine’s memory', 'head -c 1 /dev/mem'],
  docker: [
    'finding Docker’s socket',
    'ls /run/docker.sock /var/run/docker.sock /run/containerd 2>/dev/null | grep .',
  ],
  capabilities: ['holding a capability', '! grep -q "^CapEff:\\s*0*$" /proc/self/status'],
  privileges: ['being allowed new privileges', '! grep -q "^NoNewPrivs:\\s*1" /proc/self/status'],
};

export const CONTAINER_ESCAPE: AttackGroup = {
  name: 'files',
  harmless: false,

  controls: ({ engine, from }) =>
    from.containers
      .filter(({ running }) => running)
      .map(({ name }) => ({
        id: name,
        description: `running a shell in ${name}`,
        run: async () => {
          const { ok, output } = await runIn(engine, name, ['sh', '-c', 'cat /proc/self/status >/dev/null']);
          return ok ? succeeded('it ran') : blocked(output.slice(0, 100));
        },
      })),

  attacks: (duel) => [...fromInside(duel), ...keyFiles(duel)],
};

function fromInside({ engine, from }: Duel): Attempt[] {
  return from.containers
    .filter(({ running }) => running)
    .flatMap(({ name }) =>
      Object.entries(TRIALS).map(([id, [what, script]]): Attempt => {
        const part = name.replace(/-route-[0-9a-f]{8}$/, '-route');
        return {
          id: `inside ${part} ${id}`,
          description: `${what} from inside ${part}`,
          to: 'platform',
          run: async () => {
            const { ok } = await runIn(engine, name, ['sh', '-c', `{ ${script}; } 2>/dev/null`]);
            return ok ? succeeded('it worked') : blocked('refused');
          },
        };
      }),
    );
}

/** The local Vault's key and the operator's token, next to the decoys as to every tenant. */
function keyFiles({ project: { directory, platform } }: Duel): Attempt[] {
  if (platform.vault.kind !== 'local') return [];
  return [vaultKeysFile(directory), operatorTokenFile(directory), dirname(vaultKeysFile(directory))].map(
    (path) => ({
      id: `mode ${path.slice(directory.length + 1)}`,
      description: `whether anybody but its owner may read ${path.slice(directory.length + 1)}`,
      from: 'outside',
      to: 'platform',
      run: () => {
        if (!existsSync(path)) return Promise.resolve(notRun('it is not there'));
        const mode = statSync(path).mode & 0o777;
        const shown = mode.toString(8).padStart(4, '0');
        return Promise.resolve((mode & 0o077) === 0 ? blocked(shown) : succeeded(shown));
      },
    }),
  );
}
