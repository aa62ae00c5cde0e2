export type Capability = 'create' | 'read' | 'update' | 'delete' | 'list' | 'sudo';

/** What an identity may do on one path of Vault. */
export interface PolicyRule {
  /** A path as Vault's policies write it; a `*` at the end matches any ending, a `+` one segment. */
  readonly path: string;
  readonly capabilities: readonly Capability[];
}

/** Writes rules as Vault's policy language. */
export function renderPolicy(rules: readonly PolicyRule[]): string {
  return rules
    .map(
      ({ path, capabilities }) =>
        `path "${path}" {\n  capabilities = [${capabilities.map((name) => `"${name}"`).join(', ')}]\n}\n`,
    )
    .join('\n');
}
