import type { Rule } from '../rule';
import { apiAuthentication } from './api-authentication';
import { capabilities } from './capabilities';
import { certificateRole } from './certificate-role';
import { dockerSocket } from './docker-socket';
import { foreignRoute } from './foreign-route';
import { hostNamespace } from './host-namespace';
import { hostPath } from './host-path';
import { keysOutsideVault } from './keys-outside-vault';
import { limits } from './limits';
import { nodeTls } from './node-tls';
import { openRoute } from './open-route';
import { privileged } from './privileged';
import { productionLocalVault } from './production-local-vault';
import { productionSqlite } from './production-sqlite';
import { proxyManagement } from './proxy-management';
import { proxyTls } from './proxy-tls';
import { publishedPort } from './published-port';
import { redisReach } from './redis-reach';
import { secretId } from './secret-id';
import { secretInContainer } from './secret-in-container';
import { secretValue } from './secret-value';
import { sharedNetwork } from './shared-network';
import { sharedVolume } from './shared-volume';
import { strictMode } from './strict-mode';
import { unpinnedImage } from './unpinned-image';
import { unprotectedData } from './unprotected-data';
import { unreadable } from './unreadable';
import { vaultAdministration } from './vault-administration';
import { vaultLogin } from './vault-login';
import { vaultPolicyReach } from './vault-policy-reach';
import { vaultSocket } from './vault-socket';
import { vaultTls } from './vault-tls';
import { writableRoot } from './writable-root';

/** Every rule, in the order in which they are told: what hides, what is secret, what tenants share, containers, Vault, nodes, the proxy. */
export const RULES: readonly Rule[] = [
  unreadable,
  secretValue,
  secretInContainer,
  sharedNetwork,
  sharedVolume,
  vaultSocket,
  dockerSocket,
  hostPath,
  hostNamespace,
  privileged,
  capabilities,
  publishedPort,
  writableRoot,
  limits,
  unpinnedImage,
  vaultPolicyReach,
  vaultAdministration,
  vaultLogin,
  secretId,
  vaultTls,
  certificateRole,
  redisReach,
  strictMode,
  keysOutsideVault,
  nodeTls,
  apiAuthentication,
  openRoute,
  foreignRoute,
  proxyTls,
  proxyManagement,
  unprotectedData,
  productionLocalVault,
  productionSqlite,
];
