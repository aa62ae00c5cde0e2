import { Vault } from '../../../lib';
import { environmentOf } from '../../contract/support/containers';
import { objects } from '../../contract/support/stack-json';
import { tenantStack } from '../support/tenant';

const POOL = { tenantSubnets: '10.81.0.0/16' };
const EXTERNAL = {
  address: 'https://vault.care.nl:8200',
  clientAddresses: ['192.0.2.7', '198.51.100.0/24'],
  namespace: 'care/nuts',
  caCertificate: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n',
};
const SIDECARS = [
  ['vault-proxy', '10.80.1.8'],
  ['certificate', '10.80.1.9'],
] as const;

function login(stack: ReturnType<typeof tenantStack>, part: string) {
  const role = stack.resource('vault_approle_auth_backend_role', `${part}/identity/role`).values;
  const secretId = stack.resource('vault_approle_auth_backend_role_secret_id', `${part}/identity/secret-id`);
  const container = stack.resource('docker_container', `${part}/sidecar/container/Resource`);
  return {
    token: role.token_bound_cidrs,
    role: role.secret_id_bound_cidrs,
    secretId: secretId.values.cidr_list,
    address: objects(container.values.networks_advanced).map((network) => network.ipv4_address),
    environment: environmentOf(container),
  };
}

test.each(SIDECARS)('the login of %s is good from its own address alone', (part, address) => {
  expect(login(tenantStack({}, POOL), part)).toMatchObject({
    token: [address],
    role: [`${address}/32`],
    secretId: [`${address}/32`],
    address: [address],
  });
});

test.each([
  ['no pool is known', {}, {}],
  ['the subnet is not a /28 of its own', { subnet: '10.81.0.24/29' }, POOL],
])(
  'where %s, any address of the network serves, and the login is good from all of it',
  (_, tenant, platform) => {
    expect(login(tenantStack(tenant, platform), 'vault-proxy')).toMatchObject({
      token: ['10.80.1.0/24'],
      role: ['10.80.1.0/24'],
      secretId: ['10.80.1.0/24'],
      address: [undefined],
    });
  },
);

test.each(SIDECARS)(
  '%s of a Vault elsewhere is bound to what Vault sees, and told namespace and authority',
  (part) => {
    const { environment, ...bound } = login(
      tenantStack({}, { ...POOL, vault: Vault.fromAddress(EXTERNAL) }),
      part,
    );
    const sources = ['192.0.2.7/32', '198.51.100.0/24'];
    expect(bound).toEqual({
      token: ['192.0.2.7', '198.51.100.0/24'],
      role: sources,
      secretId: sources,
      address: [undefined],
    });
    expect(environment).toMatchObject({
      VAULT_ADDR: EXTERNAL.address,
      VAULT_NAMESPACE: 'care/nuts',
      VAULT_CACERT_BYTES: EXTERNAL.caCertificate,
    });
  },
);

test('each mount of a tenant has a rate limit of its own', () => {
  const limits = tenantStack({}, { vault: Vault.fromSubnet('10.80.1.0/24', 30) }).resources(
    'vault_quota_rate_limit',
  );
  expect(limits.map(({ values }) => [values.name, values.rate])).toEqual([
    ['nuts-acme.keys', 30],
    ['nuts-acme.secrets', 30],
  ]);
});
