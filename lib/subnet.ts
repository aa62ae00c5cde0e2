import ipaddr from 'ipaddr.js';

/** An IPv4 subnet, such as `10.81.0.16/28`. */
export class Subnet {
  private readonly first: number;

  private constructor(
    readonly cidr: string,
    readonly prefix: number,
  ) {
    this.first = toNumber(ipaddr.IPv4.networkAddressFromCIDR(cidr));
  }

  /** @throws when the text isn't an IPv4 subnet, or has bits set beyond its prefix */
  static parse(cidr: string): Subnet {
    if (!ipaddr.IPv4.isValidCIDRFourPartDecimal(cidr))
      throw new Error(`"${cidr}" is not an IPv4 subnet; write it like 10.81.0.16/28`);
    const [, prefix] = ipaddr.IPv4.parseCIDR(cidr);
    const network = `${ipaddr.IPv4.networkAddressFromCIDR(cidr).toString()}/${prefix}`;
    if (network !== cidr) throw new Error(`"${cidr}" is not the start of its subnet; write ${network}`);
    return new Subnet(cidr, prefix);
  }

  get size(): number {
    return 2 ** (32 - this.prefix);
  }

  /** The address at an offset from the subnet's first; `at(1)` is the bridge's own, the gateway. */
  at(offset: number): string {
    if (!Number.isInteger(offset) || offset < 0 || offset >= this.size)
      throw new Error(`${this.cidr} has no address ${offset}`);
    return toAddress(this.first + offset);
  }

  /** How far another subnet begins after this one. */
  offsetOf(other: Subnet): number {
    return other.first - this.first;
  }

  overlaps(other: Subnet): boolean {
    return this.first < other.first + other.size && other.first < this.first + this.size;
  }

  contains(other: Subnet): boolean {
    return this.first <= other.first && other.first + other.size <= this.first + this.size;
  }

  /**
   * Subnets of a prefix length inside this one, in order.
   *
   * @throws when nothing of that size can be inside it
   */
  *split(prefix: number): Generator<Subnet> {
    if (!Number.isInteger(prefix) || prefix < this.prefix || prefix > 32)
      throw new Error(`${this.cidr} can't be split into subnets of /${prefix}`);
    const step = 2 ** (32 - prefix);
    for (let offset = 0; offset < this.size; offset += step)
      yield new Subnet(`${toAddress(this.first + offset)}/${prefix}`, prefix);
  }
}

function toNumber(address: ipaddr.IPv4): number {
  return address.octets.reduce((total, octet) => total * 256 + octet, 0);
}

function toAddress(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}
