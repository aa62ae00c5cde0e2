import * as fc from 'fast-check';
import { Subnet } from '../../lib/subnet';

const subnet = (shortest = 0) =>
  fc.tuple(fc.nat(0xffffffff), fc.integer({ min: shortest, max: 32 })).map(([bits, prefix]) => {
    const start = bits - (bits % 2 ** (32 - prefix));
    return Subnet.parse(
      `${[24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256).join('.')}/${prefix}`,
    );
  });

test('a subnet knows its size and its addresses', () => {
  const tenant = Subnet.parse('10.81.0.16/28');

  expect(tenant).toMatchObject({ cidr: '10.81.0.16/28', prefix: 28, size: 16 });
  expect(tenant.at(0)).toBe('10.81.0.16');
  expect(tenant.at(1)).toBe('10.81.0.17');
  expect(tenant.at(15)).toBe('10.81.0.31');
  expect(Subnet.parse('255.255.255.254/31').at(1)).toBe('255.255.255.255');
});

test.each([-1, 16, 1.5, NaN, Infinity])('it has no address %d', (offset) => {
  expect(() => Subnet.parse('10.81.0.16/28').at(offset)).toThrow(`10.81.0.16/28 has no address ${offset}`);
});

test.each([
  '',
  '10.81.0.16',
  '10.81.0.16/33',
  '10.81.0/24',
  'fe80::/64',
  '10.81.0.256/28',
  '10.81.0.16/28 ',
  '10.81.0.16/',
  '10.81.0.16/-1',
])('%j is not a subnet', (text) => {
  expect(() => Subnet.parse(text)).toThrow(`"${text}" is not an IPv4 subnet; write it like 10.81.0.16/28`);
});

test.each([
  ['10.81.0.17/28', '10.81.0.16/28'],
  ['10.81.0.16/028', '10.81.0.16/28'],
  ['10.81.1.0/16', '10.81.0.0/16'],
])('%s is not the start of its subnet', (text, start) => {
  expect(() => Subnet.parse(text)).toThrow(`write ${start}`);
});

test('a subnet is split in order, into parts that fill it and have nothing in common', () => {
  expect([...Subnet.parse('10.81.0.0/30').split(31)].map(({ cidr }) => cidr)).toEqual([
    '10.81.0.0/31',
    '10.81.0.2/31',
  ]);

  fc.assert(
    fc.property(subnet(), fc.nat(6), (whole, more) => {
      const parts = [...whole.split(Math.min(32, whole.prefix + more))];
      expect(parts.reduce((total, { size }) => total + size, 0)).toBe(whole.size);
      parts.forEach((part, index) => {
        expect(whole.contains(part)).toBe(true);
        expect(Subnet.parse(part.cidr)).toEqual(part);
        expect(parts.slice(index + 1).some((other) => other.overlaps(part))).toBe(false);
      });
    }),
  );
});

test.each([27, 33, 28.5, NaN])('a /28 has no parts of /%d', (prefix) => {
  expect(() => [...Subnet.parse('10.81.0.16/28').split(prefix)]).toThrow(
    `can't be split into subnets of /${prefix}`,
  );
});

test('two subnets have addresses in common when one holds the other, and only then', () => {
  fc.assert(
    // Few different bits, or they would never meet.
    fc.property(subnet(), subnet(), fc.nat(32), (one, other, prefix) => {
      const near =
        one.prefix <= prefix ? ([...one.split(Math.min(prefix, one.prefix + 4))].at(-1) ?? other) : other;
      for (const second of [other, near]) {
        expect(one.overlaps(second)).toBe(one.contains(second) || second.contains(one));
        expect(one.overlaps(second)).toBe(second.overlaps(one));
      }
    }),
    { numRuns: 1000 },
  );
});

test('every address of a subnet is in it', () => {
  fc.assert(
    fc.property(subnet(8), fc.nat(), (whole, number) => {
      expect(whole.contains(Subnet.parse(`${whole.at(number % whole.size)}/32`))).toBe(true);
    }),
  );
});
