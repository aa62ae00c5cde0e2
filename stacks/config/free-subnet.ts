import { Subnet } from '../../lib/subnet';

const USUAL_PREFIX = 28;

/**
 * The next /28 of a pool that no one has: the one after those in use, so that the addresses of a tenant that has just gone
 * aren't handed to the next one; a gap when the pool's end is reached.
 */
export function freeSubnet(pool: Subnet, used: readonly Subnet[]): Subnet | undefined {
  let gap: Subnet | undefined;
  let next: Subnet | undefined;
  for (const candidate of pool.split(USUAL_PREFIX)) {
    const isFree = used.every((subnet) => !subnet.overlaps(candidate));
    if (isFree) gap ??= candidate;
    next = isFree ? (next ?? candidate) : undefined;
  }
  return next ?? gap;
}
