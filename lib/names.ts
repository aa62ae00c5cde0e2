/**
 * Every name of the platform comes from this file, so that no two tenants can ever meet in one: not as a host name, a container,
 * a Vault path, a policy or a key prefix. Names of one tenant's parts are `<platform>-<tenant>-<part>`; what tenants share is named
 * as if it were a tenant called `platform`. In Vault a dot, which no id can contain, sets a suffix apart.
 */

const DNS_LABEL = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;

/** The parts of a tenant. None may be the tail of another after a hyphen, or two tenants' containers could share a name. */
export const TENANT_PARTS = [
  'node',
  'node-config',
  'node-data',
  'node-secrets',
  'node-secrets-files',
  'node-secrets-seed',
  'node-secrets-state',
  'postgres',
  'postgres-config',
  'postgres-data',
  'postgres-socket',
  'redis',
  'redis-config',
  'redis-data',
  'redis-socket',
  'redis-tunnel',
  'redis-tunnel-config',
  'route',
  'vault-proxy',
  'vault-proxy-seed',
  'vault-proxy-state',
  'vault-socket',
  'certificate',
  'certificate-files',
  'certificate-seed',
  'certificate-state',
  'n2n',
  'n2n-config',
  'revocation',
  'revocation-files',
] as const;
export type TenantPart = (typeof TENANT_PARTS)[number];

/** What tenants share. */
export type PlatformPart =
  | 'edge'
  | 'egress'
  | 'proxy'
  | 'proxy-acme'
  | 'proxy-tls'
  | 'proxy-tls-seed'
  | 'proxy-tls-state'
  | 'redis'
  | 'redis-config'
  | 'redis-data'
  | 'redis-secrets'
  | 'redis-secrets-files'
  | 'redis-secrets-seed'
  | 'redis-secrets-state'
  | 'resolver'
  | 'resolver-config'
  | 'routes'
  | 'vault'
  | 'vault-audit'
  | 'vault-config'
  | 'vault-data';

const RESERVED_IDS = ['platform', 'lock', 'api', 'admin', 'www', 'backend'];
const RESERVED_PREFIXES = ['platform-', 'nuts-', 'api-', 'admin-'];

// A tenant's keys are under `<platform>/`: these are Vault's own paths, and that of the tenants' other secrets.
const RESERVED_PLATFORMS = ['auth', 'cubbyhole', 'identity', 'sys', 'tenants'];

/**
 * Says why a string can't be a tenant's id, or undefined when it can.
 *
 * The id becomes a host name, a container's name, a Vault path and a Redis key prefix, so it is a DNS label; 40 characters
 * leave room for what is put around it. Reserved are the ids whose names would meet another tenant's or the platform's:
 * the public host of a tenant `nuts-acme` is the node-to-node host of `acme`, the data of a tenant `lock` match the locks of all,
 * and `backend` is what cdktf calls a part of every stack.
 */
export function tenantIdProblem(id: string): string | undefined {
  if (id.length === 0 || id.length > 40) return 'it must have 1 to 40 characters';
  if (!DNS_LABEL.test(id))
    return 'use lower-case letters, digits and hyphens, with a letter or digit at both ends';
  if (RESERVED_IDS.includes(id)) return `${RESERVED_IDS.join(', ')} are reserved`;
  const prefix = RESERVED_PREFIXES.find((reserved) => id.startsWith(reserved));
  if (prefix !== undefined)
    return `names that begin with ${prefix} are taken by other tenants' hosts or by the platform`;
  return undefined;
}

/** Says why a string can't be a platform's name, or undefined when it can. */
export function platformNameProblem(name: string): string | undefined {
  if (name.length === 0 || name.length > 20) return 'it must have 1 to 20 characters';
  if (!/^[a-z][a-z0-9]*$/.test(name)) return 'use lower-case letters and digits, beginning with a letter';
  if (RESERVED_PLATFORMS.includes(name)) return `Vault paths that begin with ${name}/ have another use`;
  return undefined;
}

/** Names of what tenants share. */
export class PlatformNames {
  readonly approleMount: string;
  readonly pkiMount: string;
  /** The KV v2 mount of the certificate that tenants may share. */
  readonly sharedMount: string;
  /** The role with which the proxy's TLS certificate is issued, and the Vault identity that may use it. */
  readonly proxyIdentity: string;
  /** The role with which the shared Redis' certificate is issued, and the Vault identity that may use it. */
  readonly redisIdentity: string;
  /** The KV v2 mount with the users of the shared Redis and their passwords. */
  readonly redisMount: string;
  /** The policy of whoever applies the stacks. */
  readonly operatorPolicy: string;
  /** The rate limit of logins in Vault. */
  readonly loginQuota: string;
  /** Vault's audit devices: a file, and Vault's own output. */
  readonly auditDevices: { readonly file: string; readonly output: string };
  /** The host's table of rules for what tenants may reach. */
  readonly egressTable: string;

  /**
   * @param platform the platform's name: the first part of every name, so that two platforms can share an engine
   * @throws when the platform's name isn't made of lower-case letters and digits
   */
  constructor(readonly platform = 'nuts') {
    const problem = platformNameProblem(platform);
    if (problem !== undefined)
      throw new Error(`"${platform}" can't be the name of a platform: ${problem}, such as "nuts"`);
    this.approleMount = `${platform}-approle`;
    this.pkiMount = `${platform}-pki`;
    this.sharedMount = `${platform}-shared`;
    this.proxyIdentity = `${platform}.proxy`;
    this.redisIdentity = `${platform}.redis`;
    this.redisMount = `${platform}.redis`;
    this.operatorPolicy = `${platform}.operator`;
    this.loginQuota = `${platform}.login`;
    this.auditDevices = { file: `${platform}-file`, output: `${platform}-output` };
    // The kernel's tables take no hyphen.
    this.egressTable = `${platform}_egress`;
  }

  of(part: PlatformPart): string {
    return `${this.platform}-platform-${part}`;
  }

  tenant(id: string): TenantNames {
    return new TenantNames(this.platform, id);
  }
}

/** Names of one tenant. */
export class TenantNames {
  /** The KV v1 mount that holds the node's private keys, and nothing else. */
  readonly keysMount: string;
  /** The KV v2 mount for everything else that is secret. */
  readonly secretsMount: string;
  /** Names of the rate limits on those two. */
  readonly keysQuota: string;
  readonly secretsQuota: string;
  /** The role of the platform's certificate authority that issues this tenant's node certificate. */
  readonly pkiRole: string;
  readonly entity: string;
  /** The user of a shared Redis. It has a hyphen, as none of the server's own has. */
  readonly redisUser: string;

  /** @throws when the id can't be a tenant's id; the message says why */
  constructor(
    private readonly platform: string,
    readonly id: string,
  ) {
    const problem = tenantIdProblem(id);
    if (problem !== undefined) throw new Error(`"${id}" can't be the id of a tenant: ${problem}`);
    this.keysMount = `${platform}/${id}`;
    this.secretsMount = `tenants/${id}`;
    this.keysQuota = `${platform}-${id}.keys`;
    this.secretsQuota = `${platform}-${id}.secrets`;
    this.pkiRole = `${platform}-${id}`;
    this.entity = `${platform}-${id}`;
    this.redisUser = `${platform}-${id}`;
  }

  of(part: TenantPart): string {
    return `${this.platform}-${this.id}-${part}`;
  }

  /**
   * The name of a Vault policy and of the AppRole that carries it. The generation is the fence when a tenant moves:
   * raising it leaves every login of the generation before without a policy.
   */
  identity(generation: number, purpose?: 'certificate' | 'secrets'): string {
    return [`${this.platform}-${this.id}`, purpose, `g${generation}`].filter(Boolean).join('.');
  }
}

/** The hosts of a tenant under the platform's domain. */
export class TenantHosts {
  readonly public: string;
  readonly nodeToNode: string;
  readonly api: string;
  /** Of what administers the node, where that has guards of its own. */
  readonly admin: string;

  constructor(id: string, domain: string) {
    this.public = `${id}.${domain}`;
    this.nodeToNode = `nuts-${id}.${domain}`;
    this.api = `api-${id}.${domain}`;
    this.admin = `admin-${id}.${domain}`;
  }
}
