import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PlatformNames } from '../../../../lib/names';
import { tenantStackName } from '../../../../stacks/add-stacks';
import { vaultClient } from '../../../vault/project-vault';
import { VaultRefusal } from '../../../vault/vault-client';
import { type Attempt, type AttackGroup, blocked, type Duel, notRun, succeeded } from '../attack';
import type { Party } from '../party';
import { runIn } from './in-container';

type Sidecar = 'vault-proxy' | 'certificate';
const SIDECARS: readonly Sidecar[] = ['vault-proxy', 'certificate'];

/** Takes over what logs in to Vault, and tries to be somebody else; and plays back what is left of the logins in Terraform's state. */
export const VAULT_LOGINS: AttackGroup = {
  name: 'vault',
  harmless: false,

  controls: (duel) => SIDECARS.map((sidecar) => login(duel, sidecar, duel.from, sidecar)),

  attacks: (duel) => [
    ...SIDECARS.flatMap((own) => SIDECARS.map((other) => login(duel, own, duel.to, other))),
    ...SIDECARS.map((own) =>
      login(duel, own, duel.from, own === 'certificate' ? 'vault-proxy' : 'certificate'),
    ),
    ...replays(duel),
  ],
};

/** A login with the SecretID of the attacker's sidecar, as the role of any sidecar. */
export function login({ project, engine, from }: Duel, own: Sidecar, owner: Party, other: Sidecar): Attempt {
  const { approleMount } = new PlatformNames(project.platform.name);
  const container = from.names.of(own);
  return {
    id: `login ${own} as ${owner.names.of(other)}`,
    description: `logging in to Vault as ${owner.names.of(other)}, with the SecretID of ${container}`,
    run: async () => {
      const roleId = roleIdOf(owner, other);
      if (roleId === undefined) return notRun(`${owner.names.of(other)} says no role`);
      // The token that a login gives is thrown away where it is made.
      const script = 'vault write "auth/$1/login" role_id="$2" secret_id=@/state/secret_id >/dev/null';
      const { ok, code, output } = await runIn(engine, container, [
        'sh',
        '-c',
        script,
        'login',
        approleMount,
        roleId,
      ]);
      if (ok) return succeeded('Vault gave it a token');
      const refusal = /Code: (4\d\d)/.exec(output)?.[1];
      return refusal
        ? blocked(`Vault answered ${refusal}`)
        : notRun(`the login ended with ${code ?? 'no code'}`);
    },
  };
}

function roleIdOf({ containers, names }: Party, sidecar: Sidecar): string | undefined {
  const container = containers.find(({ name }) => name === names.of(sidecar));
  return container?.environment.find((variable) => variable.startsWith('ROLE_ID='))?.slice('ROLE_ID='.length);
}

/** The wrapped SecretIDs that the state still holds: each was opened once, by whom it was for. */
function replays(duel: Duel): Attempt[] {
  const tokens = wrappingTokens(duel);
  if (tokens.length === 0)
    return [
      {
        id: 'replay',
        description: 'opening the wrapped SecretIDs in Terraform’s state',
        run: () => Promise.resolve(notRun('the state holds none')),
      },
    ];
  return tokens.map((token, index) => ({
    id: `replay ${index + 1}`,
    description: 'opening a wrapped SecretID out of Terraform’s state once more',
    run: async () => {
      try {
        await vaultClient(duel.project).as(token).call('PUT', 'sys/wrapping/unwrap', {});
        return succeeded('Vault gave the SecretID');
      } catch (error) {
        if (error instanceof VaultRefusal) return blocked(`Vault answered ${error.status}`);
        throw error;
      }
    },
  }));
}

function wrappingTokens({ surroundings: { stateDirectory }, to }: Duel): string[] {
  if (stateDirectory === undefined) return [];
  const file = join(stateDirectory, `${tenantStackName(to.names.id)}.tfstate`);
  if (!existsSync(file)) return [];
  return [...readFileSync(file, 'utf8').matchAll(/"wrapping_token": "([^"]+)"/g)].map(
    ([, token = '']) => token,
  );
}
