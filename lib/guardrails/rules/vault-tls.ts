import { environmentOf } from '../containers';
import type { Rule } from '../rule';
import { started } from '../containers';
import { textOf } from '../stack-json';

export const vaultTls: Rule = {
  id: 'vault-tls',
  severity: 'error',
  cause:
    'Vault is reached without TLS, which only development may do, or without a check of its certificate.',
  why: 'Private keys and logins travel there.',
  remedy: 'give Vault a certificate, name it by https://, and give its authority where it is a private one',
  sightings: ({ stacks, environment }) => {
    const isPlain = (address: string) => environment === 'production' && address.startsWith('http:');
    return stacks.flatMap((stack) => [
      ...stack
        .providers()
        .filter(
          ({ name, values }) =>
            name === 'vault' && (isPlain(textOf(values.address)) || values.skip_tls_verify === true),
        )
        .map(() => ({
          stack,
          at: 'provider.vault',
          what: 'Terraform reaches Vault without TLS that is checked',
        })),
      ...started(stack)
        .filter((container) => {
          const { VAULT_ADDR = '', VAULT_SKIP_VERIFY } = environmentOf(container);
          return isPlain(VAULT_ADDR) || VAULT_SKIP_VERIFY !== undefined;
        })
        .map((container) => ({ stack, at: container, what: 'it reaches Vault without TLS that is checked' })),
    ]);
  },
};
