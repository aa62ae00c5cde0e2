import { nodes, type NodeContainer } from '../knowledge/node-environment';
import type { Rule } from '../rule';

/** Options of the node by which TLS, or the check of who is at its other end, is switched off; and the values that do it. */
const SWITCHES: readonly (readonly [option: string, isOff: (value: string) => boolean])[] = [
  ['network.enabletls', (value) => value === 'false'],
  ['network.disablenodeauthentication', (value) => value === 'true'],
  ['tracing.insecure', (value) => value === 'true'],
  ['tls.offload', (value) => value !== ''],
  ['http.alt.n2n.tls', (value) => value !== 'server-client'],
  ['pki.softfail', (value) => value === 'true'],
  ['storage.redis.address', isPlainRedis],
  ['storage.session.redis.address', isPlainRedis],
  [
    'storage.sql.connection',
    (value) => /sslmode=(disable|allow|prefer)/.test(value) && !value.includes('host=/'),
  ],
];

export const nodeTls: Rule = {
  id: 'node-tls',
  severity: 'error',
  cause:
    "A Nuts node talks to other nodes or to its stores without TLS, or doesn't check who is at the other end.",
  why: 'What travels there is about patients, and nodes know one another by their certificates.',
  remedy: 'take the option out; stores are reached by a unix socket or by TLS',
  sightings: ({ stacks }) =>
    nodes(stacks).flatMap((node) => {
      const off = switchedOff(node);
      if (off.length === 0) return [];
      return [{ stack: node.stack, at: node.container, what: `${off.join(', ')}: TLS is off or unchecked` }];
    }),
};

function switchedOff({ option }: NodeContainer): string[] {
  return SWITCHES.filter(([name, isOff]) => {
    const value = option(name);
    return value !== undefined && isOff(value);
  }).map(([name]) => name);
}

function isPlainRedis(value: string): boolean {
  return !value.startsWith('unix://') && !value.startsWith('rediss://');
}
