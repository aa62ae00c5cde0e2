import { NutsPlatform, Vault, type NutsPlatformProps } from '../../../lib';
import { environmentOf, mountedVolumes, nameOf, started, uploadsOf } from '../../contract/support/containers';
import { textOf } from '../../contract/support/stack-json';
import { synthesiseStack } from '../../contract/support/synthesise';
import { capabilities } from '../support/vault-policy';

const EXTERNAL = Vault.fromAddress({
  address: 'https://vault.care.nl:8200',
  clientAddresses: ['192.0.2.0/24'],
  namespace: 'care',
});
const DEVELOPMENT: NutsPlatformProps = {
  environment: 'development',
  domain: 'care.internal',
  vault: Vault.fromSubnet('10.80.1.0/24'),
  edgeSubnet: '10.80.0.0/29',
};
const PRODUCTION: NutsPlatformProps = {
  environment: 'production',
  domain: 'care.nl',
  vault: EXTERNAL,
  vaultSubnet: '10.80.1.0/24',
  address: '192.0.2.10',
  tls: { issuer: 'acme', email: 'operations@care.nl' },
};

const platform = (props: NutsPlatformProps) =>
  synthesiseStack('platform', (stack) => {
    new NutsPlatform(stack, 'platform', props);
  });

const without = (...keys: (keyof NutsPlatformProps)[]) =>
  Object.fromEntries(
    Object.entries(PRODUCTION).filter(([key]) => !keys.includes(key as keyof NutsPlatformProps)),
  ) as unknown as NutsPlatformProps;

test.each<[string, NutsPlatformProps, string]>([
  [
    'a local Vault in production',
    { ...PRODUCTION, vault: Vault.fromSubnet('10.80.1.0/24') },
    'refuses the local Vault',
  ],
  [
    "the platform's own certificates in production",
    { ...PRODUCTION, tls: { issuer: 'platform-ca' } },
    'set tls to acme or files',
  ],
  ['no choice of certificates in production', without('tls'), 'set tls to acme or files'],
  [
    'no address for the proxy',
    without('address'),
    'the proxy needs an address, or the platform an edgeSubnet',
  ],
  ['no subnet for the way to Vault', without('vaultSubnet'), 'needs a vaultSubnet'],
  [
    'a name of another form',
    { ...DEVELOPMENT, name: 'my-nuts' },
    '"my-nuts" can\'t be the name of a platform',
  ],
])('fails with %s', (_name, props, message) => {
  expect(() => platform(props)).toThrow(message);
});

test('in development the authority names the proxy, the domain and the hosts of customers', () => {
  const stack = platform({ ...DEVELOPMENT, customerHosts: ['nuts.zorg.nl', 'nuts.care.nl'] });
  expect(stack.resource('vault_pki_secret_backend_role', 'proxy-role').values).toMatchObject({
    name: 'nuts.proxy',
    allowed_domains: ['care.internal', '*.care.internal', 'nuts.care.nl', 'nuts.zorg.nl'],
    allow_wildcard_certificates: true,
    client_flag: false,
  });
  const [corefile = ''] = Object.values(
    uploadsOf(stack.resource('docker_container', 'resolver/config/Resource')),
  );
  for (const zone of ['care.internal', 'nuts.care.nl', 'nuts.zorg.nl'])
    expect(corefile).toContain(`${zone} {\n    bind 10.80.0.1\n`);
});

test("the proxy's login can get the proxy's certificate, and nothing of a tenant", () => {
  const stack = platform(DEVELOPMENT);
  const policy = stack.literal(textOf(stack.resource('vault_policy', 'tls/identity/policy').values.policy));
  expect(capabilities(policy, 'nuts-pki/issue/nuts.proxy')).toEqual(['create', 'update']);
  for (const path of [
    'nuts/acme/nuts-private-keys/x',
    'tenants/acme/data/x',
    'nuts-pki/issue/nuts-acme',
    'sys/mounts',
  ])
    expect(capabilities(policy, path)).toEqual([]);
});

test('in production there is no resolver, no edge, no authority for the proxy, and a volume for the ACME account', () => {
  const stack = platform(PRODUCTION);
  expect(started(stack).map(nameOf).sort()).toEqual([
    'nuts-platform-proxy',
    expect.stringMatching(/^nuts-platform-proxy-tls-[0-9a-f]{8}$/),
  ]);
  const proxy = stack.resource('docker_container', 'proxy/container/Resource');
  expect(mountedVolumes(stack, proxy).map(({ volume }) => volume)).toEqual([
    'nuts-platform-routes',
    'nuts-platform-proxy-acme',
  ]);
  expect(proxy.values.command).toContain('--certificatesresolvers.acme.acme.email=operations@care.nl');
});

test('unknown hosts get no certificate, and old TLS no answer', () => {
  const route = environmentOf(
    platform(PRODUCTION).resource('docker_container', 'tls/file/carrier/Resource'),
  ).ROUTE;
  expect(route).toContain('sniStrict: true');
  expect(route).toContain('minVersion: VersionTLS12');
});

test('the proxy has no Docker provider, no dashboard and sends nothing home', () => {
  const command = JSON.stringify(
    platform(DEVELOPMENT).resource('docker_container', 'proxy/container/Resource').values.command,
  );
  expect(command).not.toMatch(/providers\.docker|--api|insecure/);
  expect(command).toContain('--global.sendanonymoususage=false');
});

test('the proxy refuses what could be read in two ways, and waits for nobody', () => {
  const { command } = platform(DEVELOPMENT).resource('docker_container', 'proxy/container/Resource').values;
  for (const part of ['slash', 'backslash', 'nullcharacter', 'questionmark', 'semicolon'])
    expect(command).toContain(`--entrypoints.https.http.encodedcharacters.allowencoded${part}=false`);
  for (const flag of [
    '--core.stricttlsoptions=true',
    '--entrypoints.https.http.aliasheadersstrategy=delete',
    '--entrypoints.https.transport.respondingtimeouts.readtimeout=30s',
  ])
    expect(command).toContain(flag);
  expect(JSON.stringify(command)).not.toMatch(/forwardedheaders|proxyprotocol|sanitizepath/i);
});

test("what joins the way to Vault waits for the platform's network, and Vault's namespace is asked for", () => {
  const stack = platform({ ...DEVELOPMENT, vault: EXTERNAL, vaultSubnet: '10.80.1.0/24' });
  const agent = stack.resource('docker_container', 'tls/agent/container/Resource');
  const { id } = stack.resource('docker_network', 'vault-network/Resource');
  expect(JSON.stringify(agent.values.networks_advanced)).toContain(`\${docker_network.${id}.name}`);
  expect(environmentOf(agent).VAULT_NAMESPACE).toBe('care');
});

test.each([DEVELOPMENT, PRODUCTION])('nobody can lock a sidecar out of Vault by wrong logins', (props) => {
  const { values } = platform(props).resource('vault_generic_endpoint', 'login-lockout/Resource');
  expect(values.path).toBe('sys/mounts/auth/${vault_auth_backend.platform_approle_A6F41134.path}/tune');
  expect(JSON.parse(textOf(values.data_json))).toEqual({ user_lockout_config: { lockout_disable: true } });
});
