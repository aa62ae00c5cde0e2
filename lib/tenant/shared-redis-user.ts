import { GenericSecret } from '@cdktf/provider-vault/lib/generic-secret';
import { KvSecretV2 } from '@cdktf/provider-vault/lib/kv-secret-v2';
import { Construct } from 'constructs';
import type { TenantNames } from '../names';
import { userRules } from '../redis/access-rules';
import { EphemeralValue } from '../terraform/ephemeral-value';
import type { Release } from './node-config/node-settings';

export interface SharedRedisUserProps {
  readonly names: TenantNames;
  /** Path of the KV v2 mount from which the server reads its users. */
  readonly mount: string;
  readonly release: Release;
  /** Numbers of the passwords that are good. */
  readonly passwords: readonly number[];
}

/**
 * A tenant's user of the platform's shared Redis: its rules, which the server reads from Vault, and its passwords. Vault makes them of
 * its own randomness while Terraform applies, and Terraform hands them on without keeping them.
 */
export class SharedRedisUser extends Construct {
  readonly userName: string;
  /** API path of the newest password, with the field `password`. */
  readonly passwordPath: string;
  readonly resource: GenericSecret;

  constructor(scope: Construct, id: string, props: SharedRedisUserProps) {
    super(scope, id);
    const { names, mount, passwords } = props;
    this.userName = names.redisUser;
    const secrets = passwords.map((number) => {
      const random = new EphemeralValue(this, `random-${number}`, 'vault_generic_endpoint', {
        path: 'sys/tools/random/32',
        data_json: '{"format":"hex"}',
        write_fields: ['random_bytes'],
      });
      return new KvSecretV2(this, `password-${number}`, {
        mount,
        name: `passwords/${names.id}/${number}`,
        dataJsonWo: `\${jsonencode({ password = ${random.expression('write_data["random_bytes"]')} })}`,
        dataJsonWoVersion: 1,
        // Who applies may write it, and not read it.
        disableRead: true,
        deleteAllVersions: true,
      });
    });
    // Not a KvSecretV2, which never looks again at what it wrote: a rule that was widened by hand would stay.
    this.resource = new GenericSecret(this, 'user', {
      path: `${mount}/users/${names.id}`,
      dataJson: JSON.stringify({
        name: this.userName,
        passwords: passwords.map(String),
        rules: userRules(names.id, props.release),
      }),
      deleteAllVersions: true,
      dependsOn: secrets,
    });
    this.passwordPath = `${mount}/data/passwords/${names.id}/${passwords.at(-1) ?? 0}`;
  }
}
