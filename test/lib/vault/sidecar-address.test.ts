import * as fc from 'fast-check';
import { Subnet } from '../../../lib/subnet';
import { proxySidecarAddress, sidecarAddress } from '../../../lib/vault/sidecar-address';

const NETWORK = Subnet.parse('10.80.1.0/24');
const POOL = Subnet.parse('10.81.0.0/16');
const at = (subnet: string, network = NETWORK) =>
  (['vault-proxy', 'certificate'] as const).map((sidecar) =>
    sidecarAddress(network, POOL, Subnet.parse(subnet), sidecar),
  );

test('the n-th /28 of the pool has the n-th four addresses after the first', () => {
  expect(proxySidecarAddress(NETWORK)).toBe('10.80.1.3');
  expect(at('10.81.0.0/28')).toEqual(['10.80.1.4', '10.80.1.5']);
  expect(at('10.81.0.16/28')).toEqual(['10.80.1.8', '10.80.1.9']);
  expect(at('10.81.1.224/28')).toEqual(['10.80.1.124', '10.80.1.125']);
});

test('beyond the lower half of the network, out of the pool or off a /28 there is none', () => {
  expect(at('10.81.1.240/28')).toEqual([undefined, undefined]);
  expect(at('10.81.0.24/29')).toEqual([undefined, undefined]);
  expect(at('10.82.0.0/28')).toEqual([undefined, undefined]);
});

test('no two tenants share an address, nor have one that the engine hands out', () => {
  const network = Subnet.parse('10.96.0.0/17');
  const [, upper] = network.split(18);
  const tenant = fc
    .tuple(fc.integer({ min: 24, max: 29 }), fc.nat(65535))
    .map(([prefix, offset]) => Subnet.parse(`${POOL.at(offset - (offset % 2 ** (32 - prefix)))}/${prefix}`));
  fc.assert(
    fc.property(tenant, tenant, (one, other) => {
      fc.pre(!one.overlaps(other));
      const all = [...at(one.cidr, network), ...at(other.cidr, network)].filter(
        (found) => found !== undefined,
      );
      expect(new Set(all).size).toBe(all.length);
      for (const address of all) {
        expect(upper?.contains(Subnet.parse(`${address}/32`))).toBe(false);
        expect(['.0', '.1', '.2', '.3'].map((end) => `10.96.0${end}`)).not.toContain(address);
      }
    }),
  );
});
