import { Subnet } from '../subnet';

/** Something inside that tenants may reach nevertheless. */
export interface EgressException {
  /** An IPv4 address or subnet, such as `10.0.0.5/32`. */
  readonly to: string;
  readonly port: number;
  /** @default tcp */
  readonly protocol?: 'tcp' | 'udp';
  /**
   * Subnets of the tenants that it is for.
   * @default - all tenants
   */
  readonly from?: readonly string[];
  /** For whoever reads the plan. */
  readonly reason: string;
}

/** What one tenant is held to, since others would suffer for it. */
export interface OutboundLimit {
  /** The tenant's subnet. */
  readonly from: string;
  /** New connections that it may open in a minute. */
  readonly perMinute: number;
}

/** Who is held back, and what stays reachable. */
export interface EgressPolicy {
  /** Name of the table in the kernel. */
  readonly table: string;
  /** The pool that all tenants' subnets are in. */
  readonly tenants: Subnet;
  readonly proxy: { readonly address: string; readonly ports: readonly number[] };
  /** The platform's own resolver; undefined where tenants ask those of the host. */
  readonly resolver?: string;
  /** The network of Vault's sidecars, and the only thing that they may reach. */
  readonly sidecars?: { readonly subnet: Subnet; readonly vault: string };
  readonly exceptions: readonly EgressException[];
  /** New connections that one tenant may open in a minute; undefined for any number. */
  readonly outboundLimit?: number;
  /** Tenants with a limit of their own. The lower one counts. */
  readonly outboundLimits?: readonly OutboundLimit[];
}

/** Stands for the host's resolvers, which are known only where the rules are put in place. */
export const NAMESERVERS = '@NAMESERVERS@';

/**
 * What isn't the public internet (RFC 6890): private and shared addresses, link-local ones with the cloud's metadata among them,
 * loopback, documentation and test networks, multicast and reserved.
 */
export const CLOSED = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/3',
] as const;

/**
 * The rules as nftables reads them, in a table of their own: whatever Docker, a firewall or an administrator does to other tables, a
 * packet that is dropped here is gone. They look at a packet once Docker has rewritten its destination, and before anything decides
 * whether it is for the host or goes on. Answers to those who called a tenant pass: the proxy's, above all.
 */
export function egressRules(policy: EgressPolicy): string {
  const { table, tenants, sidecars } = policy;
  return [
    `table ip ${table} {`,
    ...memory('refused', 'ipv4_addr . ipv4_addr'),
    ...memory('opened', 'ipv4_addr'),
    ...memory('limited', 'ipv4_addr'),
    ...chain('prerouting', [
      'type filter hook prerouting priority -50; policy accept;',
      'ct direction reply accept',
      'ct state related accept',
      `ip saddr ${tenants.cidr} goto tenant`,
      ...(sidecars ? [`ip saddr ${sidecars.subnet.cidr} goto sidecar`] : []),
    ]),
    ...chain('tenant', tenantRules(policy)),
    ...(sidecars ? chain('sidecar', [...toVault(sidecars.vault), 'goto refuse']) : []),
    ...chain('leave', [...limits(policy), 'accept']),
    ...chain('over', ['update @limited { ip saddr counter }', 'drop']),
    // First the note, then the drop: a full memory must not let anything through.
    ...chain('refuse', ['update @refused { ip saddr . ip daddr counter }', 'drop']),
    '}',
    '',
  ].join('\n');
}

function tenantRules({ tenants, sidecars, proxy, resolver, exceptions }: EgressPolicy): string[] {
  const closed = [...CLOSED, tenants.cidr, ...(sidecars ? [sidecars.subnet.cidr] : [])].map((cidr) =>
    Subnet.parse(cidr),
  );
  // nftables refuses a set whose parts overlap.
  const apart = closed.filter((one) => !closed.some((other) => other !== one && other.contains(one)));
  return [
    ...lookUp(resolver),
    `${proxy.address === '0.0.0.0' ? 'fib daddr type local' : `ip daddr ${proxy.address}`} tcp dport { ${proxy.ports.join(', ')} } goto leave`,
    ...exceptions.flatMap(exceptionRules),
    // The host itself, under whichever of its addresses.
    'fib daddr type != unicast goto refuse',
    // Leads back to the bridge that it came from: among the containers of one tenant.
    'fib daddr . iif oif exists accept',
    `ip daddr { ${apart.map(({ cidr }) => cidr).join(', ')} } goto refuse`,
    'goto leave',
  ];
}

function lookUp(resolver: string = NAMESERVERS): string[] {
  return ['udp', 'tcp'].map((protocol) => `ip daddr { ${resolver} } ${protocol} dport 53 accept`);
}

function exceptionRules({ to, port, protocol = 'tcp', from, reason }: EgressException): string[] {
  const source =
    from === undefined ? '' : `ip saddr { ${from.map((cidr) => Subnet.parse(cidr).cidr).join(', ')} } `;
  const target = Subnet.parse(to.includes('/') ? to : `${to}/32`).cidr;
  return [
    `# ${reason.replaceAll(/\s+/g, ' ')}`,
    `${source}ip daddr ${target} ${protocol} dport ${port} goto leave`,
  ];
}

/** To Vault's own address, or where only its name is known to its port. */
function toVault(address: string): string[] {
  const { hostname, port, protocol } = new URL(address);
  const number = port === '' ? (protocol === 'https:' ? '443' : '80') : port;
  if (/^[\d.]+$/.test(hostname)) return [`ip daddr ${hostname} tcp dport ${number} accept`];
  return [...lookUp(), `fib daddr type unicast tcp dport ${number} accept`];
}

// The network part of a /28, the usual size of a tenant's subnet: its containers count as one.
const TENANT_MASK = '255.255.255.240';

// A tenant meets one limit only: the kernel would count each connection twice against the first that it remembers.
function limits({ outboundLimit = Infinity, outboundLimits = [] }: EgressPolicy): string[] {
  const own = outboundLimits.flatMap(({ from, perMinute }) => {
    const tenant = `ip saddr ${Subnet.parse(from).cidr}`;
    return [`${tenant} ${limit(Math.min(perMinute, outboundLimit))}`, `${tenant} accept`];
  });
  return Number.isFinite(outboundLimit) ? [...own, limit(outboundLimit)] : own;
}

function limit(perMinute: number): string {
  const over = `limit rate over ${perMinute}/minute burst ${perMinute} packets`;
  return `ct state new update @opened { ip saddr & ${TENANT_MASK} ${over} } goto over`;
}

function memory(name: string, type: string): string[] {
  return block(`set ${name}`, [`type ${type}`, 'size 4096', 'flags dynamic,timeout', 'timeout 10m']);
}

function chain(name: string, rules: readonly string[]): string[] {
  return block(`chain ${name}`, rules);
}

function block(head: string, lines: readonly string[]): string[] {
  return [`\t${head} {`, ...lines.map((line) => `\t\t${line}`), '\t}'];
}
