import { ApproleAuthBackendRole } from '@cdktf/provider-vault/lib/approle-auth-backend-role';
import { ApproleAuthBackendRoleSecretId } from '@cdktf/provider-vault/lib/approle-auth-backend-role-secret-id';
import { IdentityEntity } from '@cdktf/provider-vault/lib/identity-entity';
import { IdentityEntityAlias } from '@cdktf/provider-vault/lib/identity-entity-alias';
import { Policy } from '@cdktf/provider-vault/lib/policy';
import { Construct } from 'constructs';
import { type PolicyRule, renderPolicy } from './policy';
import type { VaultConnection } from './vault-connection';

export interface VaultIdentityProps {
  /** Name of the policy and of the AppRole. */
  readonly name: string;
  /** Name of the entity that Vault's audit log shows; it stays when the name of the role changes with a generation. */
  readonly entity: string;
  readonly rules: readonly PolicyRule[];
  readonly vault: VaultConnection;
  readonly metadata: Readonly<Record<string, string>>;
}

// What the login of a sidecar needs for itself, in place of Vault's much wider policy `default`: the node asks who it is,
// the sidecar renews its token and wraps what it writes to its sink, and `prove-isolation` asks what this login may do.
const OWN_LOGIN: readonly PolicyRule[] = [
  { path: 'auth/token/lookup-self', capabilities: ['read'] },
  { path: 'auth/token/renew-self', capabilities: ['update'] },
  { path: 'sys/wrapping/wrap', capabilities: ['update'] },
  { path: 'sys/capabilities-self', capabilities: ['update'] },
];

// A SecretID waits this long for its sidecar; it can be unwrapped only once.
const WRAPPING_SECONDS = 24 * 60 * 60;
// A login that is renewed lives on; one whose sidecar is gone ends within this time.
const TOKEN_PERIOD_SECONDS = 60 * 60;

/**
 * A user of Vault: a policy, an AppRole that carries it, an entity, and a SecretID that leaves Vault only wrapped in a token
 * which can be opened once. What Terraform's state keeps of the SecretID is that token, worthless once the sidecar has used it.
 */
export class VaultIdentity extends Construct {
  readonly roleName: string;
  readonly roleId: string;
  /** A login before it exists would be somebody without a name. */
  readonly alias: IdentityEntityAlias;
  /** Replacing it gives the identity a new SecretID. */
  readonly secretId: ApproleAuthBackendRoleSecretId;
  /** Where the wrapping token must come from; a token with another origin was forged. */
  readonly creationPath: string;

  constructor(scope: Construct, id: string, props: VaultIdentityProps) {
    super(scope, id);
    const { vault, name } = props;
    const sources = vault.clientAddresses.map((address) =>
      address.includes('/') ? address : `${address}/32`,
    );
    const policy = new Policy(this, 'policy', { name, policy: renderPolicy([...OWN_LOGIN, ...props.rules]) });
    const role = new ApproleAuthBackendRole(this, 'role', {
      backend: vault.approleMount,
      roleName: name,
      tokenPolicies: [policy.name],
      tokenNoDefaultPolicy: true,
      tokenPeriod: TOKEN_PERIOD_SECONDS,
      // Vault gives back a single address without its prefix here, and wants it there.
      tokenBoundCidrs: vault.clientAddresses.map((address) => address.replace(/\/32$/, '')),
      secretIdBoundCidrs: sources,
      secretIdNumUses: 0,
      secretIdTtl: 0,
    });
    const entity = new IdentityEntity(this, 'entity', {
      name: props.entity,
      metadata: { ...props.metadata },
    });
    this.alias = new IdentityEntityAlias(this, 'alias', {
      name: role.roleId,
      mountAccessor: vault.approleAccessor,
      canonicalId: entity.id,
    });
    this.secretId = new ApproleAuthBackendRoleSecretId(this, 'secret-id', {
      backend: vault.approleMount,
      roleName: role.roleName,
      wrappingTtl: `${WRAPPING_SECONDS}s`,
      // Or every plan after the unwrapping would make a new one.
      withWrappedAccessor: true,
      cidrList: sources,
      metadata: JSON.stringify(props.metadata),
      lifecycle: { createBeforeDestroy: true },
    });
    this.roleName = name;
    this.roleId = role.roleId;
    this.creationPath = `auth/${vault.approleMount}/role/${name}/secret-id`;
  }
}
