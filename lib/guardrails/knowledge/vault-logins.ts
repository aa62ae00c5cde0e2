import { environmentOf, nameOf, started, tenantOf } from '../containers';
import { list, object, type Resource, type StackJson, textOf } from '../stack-json';
import { parsePolicy, type PathRule } from './vault-policy';

/** A login of Vault: who holds it, and what its policies allow. */
export interface VaultLogin {
  readonly stack: StackJson;
  readonly role: Resource;
  readonly name: string;
  /** Whose sidecar logs in with it, or whose it is said to be; undefined for the platform's own. */
  readonly tenant?: string;
  /** Names of the containers that log in with it. */
  readonly containers: readonly string[];
  readonly rules: readonly PathRule[];
  /** Policies that can't be read, or that no stack describes: they may allow anything. */
  readonly unknown: readonly string[];
}

/** Every AppRole in the stacks. */
export function vaultLogins(stacks: readonly StackJson[]): VaultLogin[] {
  const policies = policiesByName(stacks);
  return stacks.flatMap((stack) =>
    stack.resources('vault_approle_auth_backend_role').map((role) => {
      const name = stack.literal(textOf(role.values.role_name));
      const holders = stacks.flatMap((other) => holdersOf(other, name));
      const tenant = holders.map(tenantOf).find((id) => id !== undefined) ?? tenantByMetadata(stack, role);
      const wanted = [
        ...list(role.values.token_policies).map((policy) => stack.literal(textOf(policy))),
        ...entityPolicies(stack, role),
      ];
      return {
        stack,
        role,
        name,
        ...(tenant !== undefined && { tenant }),
        containers: holders.map(nameOf),
        rules: wanted.flatMap((policy) => policies.get(policy) ?? []),
        unknown: wanted.filter((policy) => policies.get(policy) === undefined),
      };
    }),
  );
}

function policiesByName(stacks: readonly StackJson[]): Map<string, readonly PathRule[] | undefined> {
  return new Map(
    stacks.flatMap((stack) =>
      stack.resources('vault_policy').map(({ values }) => {
        const policy = stack.literal(textOf(values.policy));
        return [stack.literal(textOf(values.name)), readable(policy)] as const;
      }),
    ),
  );
}

function readable(policy: string): readonly PathRule[] | undefined {
  try {
    const rules = parsePolicy(policy);
    // What only Terraform can work out may become any path.
    return rules.some(({ path }) => path.includes('${')) ? undefined : rules;
  } catch {
    return undefined;
  }
}

/** The containers whose login says that its SecretID was made for a role. */
function holdersOf(stack: StackJson, role: string): Resource[] {
  return started(stack).filter((container) => {
    const path = environmentOf(container).CREATION_PATH;
    return path !== undefined && stack.literal(path).endsWith(`/role/${role}/secret-id`);
  });
}

function entityOf(stack: StackJson, role: Resource): Resource | undefined {
  const alias = stack
    .resources('vault_identity_entity_alias')
    .find(({ values }) => textOf(values.name).includes(`.${role.id}.`));
  const id = /\$\{vault_identity_entity\.([\w-]+)\.id\}/.exec(textOf(alias?.values.canonical_id))?.[1];
  return stack.resources('vault_identity_entity').find((entity) => entity.id === id);
}

function tenantByMetadata(stack: StackJson, role: Resource): string | undefined {
  const { tenant } = object(entityOf(stack, role)?.values.metadata ?? {});
  return typeof tenant === 'string' ? tenant : undefined;
}

function entityPolicies(stack: StackJson, role: Resource): string[] {
  return list(entityOf(stack, role)?.values.policies).map((policy) => stack.literal(textOf(policy)));
}
