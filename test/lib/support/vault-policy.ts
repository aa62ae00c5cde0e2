import { capabilitiesAt } from '../../../lib/guardrails/knowledge/vault-paths';
import { parsePolicy } from '../../../lib/guardrails/knowledge/vault-policy';

/** What a policy lets its holder do on a path, as Vault decides it. */
export function capabilities(policy: string, path: string): readonly string[] {
  return capabilitiesAt(parsePolicy(policy), path);
}
