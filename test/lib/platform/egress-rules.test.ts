import { CLOSED, type EgressPolicy, egressRules } from '../../../lib/platform/egress-rules';
import { Subnet } from '../../../lib/subnet';

const POLICY: EgressPolicy = {
  table: 'nuts_egress',
  tenants: Subnet.parse('10.81.0.0/16'),
  proxy: { address: '10.80.0.1', ports: [443, 5555] },
  resolver: '10.80.0.1',
  sidecars: { subnet: Subnet.parse('10.80.1.0/24'), vault: 'http://10.80.1.2:8200' },
  exceptions: [],
};

function chain(policy: Partial<EgressPolicy>, name: string): string[] {
  const text = egressRules({ ...POLICY, ...policy });
  const body = new RegExp(`chain ${name} \\{\\n([^}]*(?:\\{[^}\\n]*\\}[^}]*)*)\\t\\}`).exec(text)?.[1] ?? '';
  return body
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

test('a tenant gets to the resolver and the proxy, to its own bridge, and to what is public', () => {
  expect(chain({}, 'tenant')).toEqual([
    'ip daddr { 10.80.0.1 } udp dport 53 accept',
    'ip daddr { 10.80.0.1 } tcp dport 53 accept',
    'ip daddr 10.80.0.1 tcp dport { 443, 5555 } goto leave',
    'fib daddr type != unicast goto refuse',
    'fib daddr . iif oif exists accept',
    `ip daddr { ${CLOSED.join(', ')} } goto refuse`,
    'goto leave',
  ]);
});

test('every refusal is a drop, whether or not the note of it has room', () => {
  expect(chain({}, 'refuse').at(-1)).toBe('drop');
  expect(chain({}, 'over').at(-1)).toBe('drop');
});

test('only answers pass unseen: an open connection is judged anew by rules that changed', () => {
  const entry = chain({}, 'prerouting');
  expect(entry).toContain('ct direction reply accept');
  expect(entry.join()).not.toMatch(/established/);
});

test('a sidecar gets to Vault at its address, and nowhere else', () => {
  expect(chain({}, 'sidecar')).toEqual(['ip daddr 10.80.1.2 tcp dport 8200 accept', 'goto refuse']);
});

test.each([
  ['https://vault.care.nl', '443'],
  ['https://vault.care.nl:8200', '8200'],
  ['http://vault.care.nl', '80'],
])('a sidecar of %s, whose address is not known here, gets to port %s and the resolvers', (vault, port) => {
  const rules = chain({ sidecars: { subnet: Subnet.parse('10.80.1.0/24'), vault } }, 'sidecar');
  expect(rules).toEqual([
    'ip daddr { @NAMESERVERS@ } udp dport 53 accept',
    'ip daddr { @NAMESERVERS@ } tcp dport 53 accept',
    `fib daddr type unicast tcp dport ${port} accept`,
    'goto refuse',
  ]);
});

test('without a resolver of the platform, tenants ask those of the host', () => {
  const { resolver, ...others } = POLICY;
  expect(resolver).toBeDefined();
  expect(egressRules(others)).toContain('ip daddr { @NAMESERVERS@ } udp dport 53 accept');
});

test('a proxy on all addresses is reached at any of the host’s', () => {
  const rules = chain({ proxy: { address: '0.0.0.0', ports: [443] } }, 'tenant');
  expect(rules).toContain('fib daddr type local tcp dport { 443 } goto leave');
});

test('networks of the platform are closed where they are no private ones, and named once where they are', () => {
  const text = egressRules({ ...POLICY, tenants: Subnet.parse('192.0.2.0/24') });
  expect(text).toContain(`ip daddr { ${[...CLOSED, '192.0.2.0/24'].join(', ')} } goto refuse`);
});

test('exceptions come before what they are exceptions of, for whom they name, with their reason', () => {
  const rules = chain(
    {
      exceptions: [
        { to: '10.0.0.5', port: 5432, from: ['10.81.0.16/28'], reason: 'the database\nof acme' },
        { to: '10.0.0.0/24', port: 123, protocol: 'udp', reason: 'time' },
      ],
    },
    'tenant',
  );
  expect(rules.slice(3, 7)).toEqual([
    '# the database of acme',
    'ip saddr { 10.81.0.16/28 } ip daddr 10.0.0.5/32 tcp dport 5432 goto leave',
    '# time',
    'ip daddr 10.0.0.0/24 udp dport 123 goto leave',
  ]);
});

test('a limit counts new connections by tenant, and stops those over it', () => {
  expect(chain({ outboundLimit: 60 }, 'leave')).toEqual([
    'ct state new update @opened { ip saddr & 255.255.255.240 limit rate over 60/minute burst 60 packets } goto over',
    'accept',
  ]);
  expect(chain({}, 'leave')).toEqual(['accept']);
});

test('a tenant that shares a certificate has a limit of its own, and meets no other', () => {
  const own = (perMinute: number) => [
    `ip saddr 10.81.0.16/28 ct state new update @opened { ip saddr & 255.255.255.240 limit rate over ${perMinute}/minute burst ${perMinute} packets } goto over`,
    'ip saddr 10.81.0.16/28 accept',
  ];
  const outboundLimits = [{ from: '10.81.0.16/28', perMinute: 60 }];
  expect(chain({ outboundLimits }, 'leave')).toEqual([...own(60), 'accept']);
  expect(chain({ outboundLimits, outboundLimit: 5 }, 'leave').slice(0, 2)).toEqual(own(5));
});

test.each(['10.0.0.0/33', '10.0.0.5/24', 'vault.care.nl', '10.0.0.5; drop'])(
  'an exception for %s is refused',
  (to) => {
    expect(() => egressRules({ ...POLICY, exceptions: [{ to, port: 1, reason: 'x' }] })).toThrow(/write/);
  },
);
