import { environmentOf, nameOf, started, tenantOf } from '../containers';
import { list, object, type Resource, type StackJson, textOf } from '../stack-json';
import { parsePolicy, type PathRule } from './vault-policy';
import { once } from '../once';

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
export const vaultLogins = once((stacks: readonly StackJson[]): VaultLogin[] => {
  const policies = policiesByName(stacks);
  const holdersByRole = holders(stacks);
  return stacks.flatMap((stack) =>
    stack.resources('vault_approle_auth_backend_role').map((role) => {
      const name = stack.literal(textOf(role.values.role_name));
      const holding = holdersByRole.get(name) ?? [];
      const tenant = holding.map(tenantOf).find((id) => id !== undefined) ?? tenantByMetadata(stack, role);
      const wanted = [
        ...list(role.values.token_policies).map((policy) => stack.literal(textOf(policy))),
        ...entityPolicies(stack, role),
      ];
      return {
        stack,
        role,
        name,
        ...(tenant !== undefined && { tenant }),
        containers: holding.map(nameOf),
        rules: wanted.flatMap((policy) => policies.get(policy) ?? []),
        unknown: wanted.filter((policy) => policies.get(policy) === undefined),
      };
    }),
  );
});

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

/** By role, the containers whose login says that its SecretID was made for that role. */
function holders(stacks: readonly StackJson[]): Map<string, Resource[]> {
  const found = new Map<string, Resource[]>();
  for (const stack of stacks)
    for (const container of started(stack)) {
      const path = stack.literal(environmentOf(container).CREATION_PATH ?? '');
      const role = /\/role\/([^/]+)\/secret-id$/.exec(path)?.[1];
      if (role !== undefined) found.set(role, [...(found.get(role) ?? []), container]);
    }
  return found;
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
