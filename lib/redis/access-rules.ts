import type { Release } from '../tenant/node-config/node-settings';

// What the node sends: the store of did:nuts, its locks (a script compares and deletes), and the sessions of v6.
const COMMANDS = 'ping hello get mget set del scan multi exec discard eval evalsha';

/** Commands that a node needs, as rules of Redis' ACL. */
export const COMMAND_RULES = ['-@all', ...COMMANDS.split(' ').map((command) => `+${command}`)].join(' ');

/**
 * The keys that are a node's own, as rules of Redis' ACL: data (`acme_…`), the locks of go-stoabs, which put their name first
 * (`lock_acme_…`), and the sessions of v6 (`acme.…`). An id of a tenant has neither `_` nor `.`, nor is it `lock`: so no key matches
 * the rules of two tenants.
 */
export function keyRules(database: string, release: Release): string {
  const keys = [`~${database}_*`, `~lock_${database}_*`, ...(release === 'v6' ? [`~${database}.*`] : [])];
  return keys.join(' ');
}

/** All that a tenant's user of a shared Redis may do. */
export function userRules(database: string, release: Release): string {
  return `resetchannels ${keyRules(database, release)} ${COMMAND_RULES}`;
}
