import type { AttackGroup } from './attack';
import { CONTAINER_ESCAPE } from './attacks/container-escape';
import { FILES } from './attacks/files';
import { NETWORK } from './attacks/network';
import { PROXY_HEADERS } from './attacks/proxy-headers';
import { PROXY_HOSTS } from './attacks/proxy-hosts';
import { PROXY_PATHS } from './attacks/proxy-paths';
import { PROXY_SMUGGLING } from './attacks/proxy-smuggling';
import { REDIS } from './attacks/redis';
import { REDIS_READS } from './attacks/redis-reads';
import { SIDECAR_NETWORK } from './attacks/sidecar-network';
import { TOKENS } from './attacks/tokens';
import { VAULT } from './attacks/vault';
import { VAULT_CAPABILITIES } from './attacks/vault-capabilities';
import { VAULT_LOCKOUT } from './attacks/vault-lockout';
import { VAULT_LOGINS } from './attacks/vault-logins';

/** Everything that is tried, in this order. */
export const ATTACK_GROUPS: readonly AttackGroup[] = [
  VAULT,
  VAULT_CAPABILITIES,
  VAULT_LOGINS,
  VAULT_LOCKOUT,
  REDIS,
  REDIS_READS,
  NETWORK,
  SIDECAR_NETWORK,
  PROXY_PATHS,
  PROXY_SMUGGLING,
  PROXY_HEADERS,
  PROXY_HOSTS,
  TOKENS,
  FILES,
  CONTAINER_ESCAPE,
];
