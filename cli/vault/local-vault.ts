import { setTimeout as sleep } from 'node:timers/promises';
import { operatorTokenFile, vaultKeysFile } from '../../stacks/local-files';
import { UserError } from '../user-error';
import { generateRootToken } from './generate-root-token';
import { operatorPolicy } from './operator-policy';
import { readPrivateFile, writePrivateFile } from './private-file';
import { VaultClient, VaultRefusal } from './vault-client';

interface Keys {
  readonly unsealKey: string;
}

// A month: whoever doesn't run `up` for longer gets a new token from the unseal key.
const TOKEN_PERIOD = '768h';

/**
 * The local Vault between its container and its stacks: initialised once, unsealed after each restart, and then operated with a token
 * that can do no more than the published policy says. The root token is revoked as soon as it has made that one.
 */
export class LocalVault {
  private readonly vault: VaultClient;
  private readonly policy: { name: string; text: string };

  constructor(
    private readonly project: string,
    address: string,
    platform: string,
  ) {
    this.vault = new VaultClient(address);
    this.policy = operatorPolicy(platform);
  }

  /** Does what is missing, and says what it did. */
  async makeReady(): Promise<string> {
    const state = await this.vault.sealState();
    if (state === 'unreachable')
      throw new UserError('the local Vault does not answer', 'look at `docker logs` of its container');
    if (state === 'uninitialised') return this.initialise();
    const keys = this.keys();
    if (state === 'sealed') await this.unseal(keys);
    const token = await this.renewedToken();
    const operator = token ?? (await this.withRoot(keys));
    if (!(await this.policyIsCurrent(operator))) await this.withRoot(keys);
    return state === 'sealed' ? 'unsealed' : 'was unsealed';
  }

  private async initialise(): Promise<string> {
    const file = vaultKeysFile(this.project);
    if (readPrivateFile(file) !== undefined)
      throw new UserError(
        `the local Vault is empty, but ${file} holds the keys of one that wasn't`,
        'its data volume is gone: restore it, or move the file away to begin with an empty Vault',
      );
    const made = await this.vault.call<{ keys_base64: string[]; root_token: string }>('PUT', 'sys/init', {
      secret_shares: 1,
      secret_threshold: 1,
    });
    const keys: Keys = { unsealKey: made.keys_base64[0] ?? '' };
    writePrivateFile(file, `${JSON.stringify(keys)}\n`);
    await this.unseal(keys);
    await this.makeOperator(made.root_token);
    return 'initialised and unsealed';
  }

  private keys(): Keys {
    const file = vaultKeysFile(this.project);
    const content = readPrivateFile(file);
    if (content === undefined)
      throw new UserError(
        `the local Vault was initialised, but its unseal key is not in ${file}`,
        'put the file back; without it nothing in this Vault can be read again',
      );
    return JSON.parse(content) as Keys;
  }

  private async unseal({ unsealKey }: Keys): Promise<void> {
    await this.vault.call('PUT', 'sys/unseal', { key: unsealKey });
    // Raft elects itself before it serves.
    for (let attempt = 0; attempt < 60; attempt++) {
      const ready = await this.vault.call('GET', 'sys/health').then(
        () => true,
        () => false,
      );
      if (ready) return;
      await sleep(500);
    }
    throw new UserError(
      'the local Vault was unsealed, but does not serve',
      'look at `docker logs` of its container',
    );
  }

  private async renewedToken(): Promise<string | undefined> {
    const token = readPrivateFile(operatorTokenFile(this.project));
    if (token === undefined) return undefined;
    try {
      await this.vault.as(token).call('PUT', 'auth/token/renew-self', {});
      return token;
    } catch (error) {
      if (error instanceof VaultRefusal && error.status === 403) return undefined;
      throw error;
    }
  }

  private async policyIsCurrent(token: string): Promise<boolean> {
    const { data } = await this.vault.as(token).call('GET', `sys/policies/acl/${this.policy.name}`);
    return data?.policy === this.policy.text;
  }

  private async withRoot({ unsealKey }: Keys): Promise<string> {
    return this.makeOperator(await generateRootToken(this.vault, unsealKey));
  }

  private async makeOperator(rootToken: string): Promise<string> {
    const root = this.vault.as(rootToken);
    await root.call('PUT', `sys/policies/acl/${this.policy.name}`, { policy: this.policy.text });
    const { auth } = await root.call('PUT', 'auth/token/create-orphan', {
      policies: [this.policy.name],
      no_default_policy: true,
      period: TOKEN_PERIOD,
      display_name: 'nuts-saas',
    });
    const token = auth?.client_token ?? '';
    writePrivateFile(operatorTokenFile(this.project), token);
    await root.call('PUT', 'auth/token/revoke-self', {});
    return token;
  }
}
