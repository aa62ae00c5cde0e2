import type { StackSet } from './configurations';
import { copyOf, mutableResources, type Mutable } from './rules';
import { StackJson, type JsonObject } from './stack-json';

/** A change by which somebody would take a protection away, and the rule that must see it. */
export interface Mutation {
  readonly rule: string;
  readonly name: string;
  /** Changes copies of the stacks' JSON, by name; says whether they have what can be changed. */
  change(stacks: Readonly<Record<string, Mutable>>): boolean;
}

/** The stacks after a mutation; undefined when it changes nothing of them. */
export function mutated({ stacks }: StackSet, mutation: Mutation): StackJson[] | undefined {
  const copies = Object.fromEntries(stacks.map(({ name, json }) => [name, copyOf(json)]));
  if (!mutation.change(copies)) return undefined;
  if (stacks.every(({ name, text }) => text === JSON.stringify(copies[name]))) return undefined;
  return Object.entries(copies).map(([name, json]) => new StackJson(name, json as JsonObject));
}

type Change = (resource: Mutable, others: Readonly<Record<string, Mutable>>) => unknown;

/** Changes the resources of a type whose construct path fits. */
function change(rule: string, name: string, type: string, path: RegExp, how: Change): Mutation {
  return {
    rule,
    name,
    change: (stacks) => {
      const victims = Object.values(stacks)
        .flatMap((stack) => mutableResources(stack, type))
        .filter((resource) => path.test(pathOf(resource)));
      for (const victim of victims) how(victim, stacks);
      return victims.length > 0;
    },
  };
}

const container = (rule: string, name: string, path: RegExp, how: Change) =>
  change(rule, name, 'docker_container', path, how);

export function pathOf(resource: Mutable): string {
  const { metadata } = resource['//'] as { metadata: { path: string } };
  return metadata.path;
}

const NODE = /^tenant-acme\/acme\/node\/container\/Resource$/;
const NODE_V5_4 = /gamma\/node\/container\/Resource$/;
const REDIS = /acme\/redis\/container\/Resource$/;
const SIDECAR = /acme\/vault-proxy\/sidecar\/container\/Resource$/;
const PROXY = /platform\/proxy\/container\/Resource$/;
const CARRIER = /^tenant-acme\/acme\/route\/file\/carrier\/Resource$/;
const CARRIER_WITH_API = /^tenant-delta\/delta\/route\/file\/carrier\/Resource$/;

const mount = (resource: Mutable, more: Mutable) => (resource.mounts as unknown[]).push(more);
const variable = (from: string | RegExp, to: string) => (resource: Mutable) => {
  const before = resource.env as string[] | undefined;
  if (before) resource.env = before.map((line) => line.replace(from, to));
};
const addVariable = (line: string) => (resource: Mutable) => (resource.env as string[]).push(line);
/** Some other tenant that has a node. */
function otherThanAcme(stacks: Readonly<Record<string, Mutable>>): string {
  const name = Object.keys(stacks).find((stack) => stack.startsWith('tenant-') && stack !== 'tenant-acme');
  return (name ?? '').replace('tenant-', '');
}

function containerOf(stacks: Readonly<Record<string, Mutable>>, tenant: string, name: RegExp): Mutable {
  const all = mutableResources(stacks[`tenant-${tenant}`] ?? { resource: {} }, 'docker_container');
  return all.find((one) => name.test(String(one.name)) && one.start !== false) ?? {};
}

function addressOf(stacks: Readonly<Record<string, Mutable>>, tenant: string): string {
  const [network] = (containerOf(stacks, tenant, /-node$/).networks_advanced ?? []) as Mutable[];
  return String(network?.ipv4_address);
}

function hostOf(stacks: Readonly<Record<string, Mutable>>, tenant: string): string {
  const environment = (containerOf(stacks, tenant, /-route-/).env ?? []) as string[];
  return /Host\(`([^`]+)`\)/.exec(environment.join('\n'))?.[1] ?? '';
}

export const MUTATIONS: readonly Mutation[] = [
  container(
    'unreadable',
    'mounts that only Terraform knows',
    NODE,
    (node) => (node.mounts = '${local.mounts}'),
  ),
  container(
    'unreadable',
    'a dynamic block',
    NODE,
    (node) => (node.dynamic = { mounts: { for_each: '${local.x}' } }),
  ),
  container('secret-value', 'a private key', NODE, addVariable('KEY=-----BEGIN PRIVATE KEY-----')),
  container('secret-value', "a token of Vault's", NODE, addVariable('X=hvs.CAESIJmUxvwhAIxLyRG2AVc2')),
  change(
    'secret-value',
    'a password of a resource',
    'vault_policy',
    /acme/,
    (policy) => (policy.password = 'welcome'),
  ),
  {
    rule: 'secret-value',
    name: 'a login in the address of the state',
    change: ({ platform }) => {
      const { backend } = platform?.terraform as { backend: Mutable };
      backend.http = { address: 'https://joe:welcome@state.care.nl' };
      return true;
    },
  },
  container('secret-in-container', 'a variable for a password', NODE, addVariable('DATABASE_PASSWORD=x')),
  container(
    'secret-in-container',
    'a reference to a secret',
    NODE,
    addVariable('X=${vault_approle_auth_backend_role_secret_id.x.secret_id}'),
  ),
  container('secret-in-container', 'an argument with a password', NODE, (node) =>
    (node.command as string[]).push('--storage.redis.password=welcome'),
  ),
  container(
    'shared-network',
    "a node on another tenant's network",
    NODE,
    (node, stacks) => (node.networks_advanced = [{ name: `nuts-${otherThanAcme(stacks)}-node` }]),
  ),
  container('shared-network', 'a node on the network of Vault', NODE, (node) =>
    (node.networks_advanced as unknown[]).push({ name: 'nuts-platform-vault' }),
  ),
  container('shared-network', 'a sidecar that listens on the network of Vault', SIDECAR, (sidecar) => {
    variable('"listener":[', '"listener":[{"tcp":{"address":":8100"}},')(sidecar);
  }),
  container(
    'shared-network',
    'a sidecar that runs something else',
    SIDECAR,
    (sidecar) => (sidecar.entrypoint = ['sh']),
  ),
  container('shared-network', "nodes on Docker's own network", /\/node\/container\/Resource$/, (node) => {
    delete node.networks_advanced;
  }),
  container('shared-volume', "another tenant's volume", REDIS, (redis, stacks) =>
    mount(redis, {
      type: 'volume',
      source: `nuts-${otherThanAcme(stacks)}-node-data`,
      target: '/other',
    }),
  ),
  container('shared-volume', "another tenant's volume, in the older way", REDIS, (redis, stacks) => {
    const source = `nuts-${otherThanAcme(stacks)}-node-data`;
    redis.volumes = { volume_name: source, container_path: '/other' };
  }),
  container('shared-volume', 'a node that writes routes', NODE, (node) =>
    mount(node, { type: 'volume', source: 'nuts-platform-routes', target: '/routes' }),
  ),
  container(
    'shared-volume',
    'a carrier of routes with a network',
    CARRIER,
    (carrier) => (carrier.network_mode = 'bridge'),
  ),
  container(
    'shared-volume',
    'a container of the platform with data of two tenants',
    PROXY,
    (proxy, stacks) => {
      const tenants = Object.keys(stacks).filter((name) => name.startsWith('tenant-'));
      for (const tenant of tenants.length > 1 ? tenants : []) {
        const source = `${tenant.replace('tenant', 'nuts')}-node-data`;
        mount(proxy, { type: 'volume', source, target: `/${tenant}` });
      }
    },
  ),
  container('vault-socket', "the socket in the tenant's Redis", REDIS, (redis) =>
    mount(redis, { type: 'volume', source: 'nuts-acme-vault-socket', target: '/run/vault', read_only: true }),
  ),
  container('vault-socket', 'the socket writable', NODE, (node) => {
    for (const one of node.mounts as Mutable[]) one.read_only = false;
  }),
  container('docker-socket', "Docker's socket", PROXY, (proxy) =>
    mount(proxy, { type: 'bind', source: '/var/run/docker.sock', target: '/s', read_only: true }),
  ),
  container('docker-socket', 'the directory above it, in the older way', PROXY, (proxy) => {
    proxy.volumes = [{ host_path: '/var/run', container_path: '/s', read_only: true }];
  }),
  container('host-path', 'a file of the host in a tenant', REDIS, (redis) =>
    mount(redis, { type: 'bind', source: '/srv/redis.conf', target: '/c', read_only: true }),
  ),
  container('host-path', 'a path of the host that the proxy can write to', PROXY, (proxy) =>
    mount(proxy, { type: 'bind', source: '/srv/acme', target: '/c' }),
  ),
  container('host-path', 'the whole of /etc', PROXY, (proxy) =>
    mount(proxy, { type: 'bind', source: '/etc', target: '/c', read_only: true }),
  ),
  container('host-namespace', "a node on the host's network", NODE, (node) => (node.network_mode = 'host')),
  container('host-namespace', 'a node on the network of another container', NODE, (node) => {
    node.network_mode = 'container:nuts-platform-vault';
  }),
  container('host-namespace', "the host's processes", PROXY, (proxy) => (proxy.pid_mode = 'host')),
  container('privileged', 'privileged', NODE, (node) => (node.privileged = true)),
  container('privileged', 'a device', NODE, (node) => (node.devices = [{ host_path: '/dev/kmsg' }])),
  container('privileged', 'no seccomp', NODE, (node) =>
    (node.security_opts as string[]).push('seccomp=unconfined'),
  ),
  container(
    'capabilities',
    'one more',
    REDIS,
    (redis) => (redis.capabilities = { drop: ['ALL'], add: ['CAP_SYS_ADMIN'] }),
  ),
  container('capabilities', 'the proxy with what only egress rules need', PROXY, (proxy) => {
    proxy.capabilities = [{ drop: ['ALL'], add: ['NET_ADMIN'] }];
  }),
  container('capabilities', "Docker's own", REDIS, (redis) => delete redis.capabilities),
  container('capabilities', 'new privileges', REDIS, (redis) => delete redis.security_opts),
  container('published-port', "a node's API on the loopback address", NODE, (node) => {
    node.ports = [{ ip: '127.0.0.1', external: 18081, internal: 8081 }];
  }),
  container('published-port', 'all of them', REDIS, (redis) => (redis.publish_all_ports = true)),
  container('published-port', 'a port of the proxy on every address', PROXY, (proxy) => {
    proxy.ports = { external: 8080, internal: 8080 };
  }),
  container('writable-root', 'a writable root', NODE, (node) => (node.read_only = false)),
  container('limits', 'swap', NODE, (node) => (node.memory_swap = -1)),
  container('limits', 'no memory limit', NODE, (node) => delete node.memory),
  container('limits', 'no CPU limit', NODE, (node) => delete node.cpus),
  container('limits', 'endless logs', NODE, (node) => (node.log_opts = { 'max-size': '10m' })),
  container('unpinned-image', 'the newest', REDIS, (redis) => (redis.image = 'redis:latest')),
  container(
    'unpinned-image',
    'no tag, and a port in the name',
    REDIS,
    (redis) => (redis.image = 'registry.care.nl:5000/redis'),
  ),
  policy(
    'vault-policy-reach',
    "a path of another's",
    'path "nuts/+/nuts-private-keys/*" { capabilities = ["read"] }',
  ),
  policy(
    'vault-policy-reach',
    'a prefix that others have too',
    'path "tenants/acme*" { capabilities = ["read"] }',
  ),
  policy('vault-policy-reach', 'a policy that can not be read', 'path "nuts/acme/*" { capabilities = join('),
  policy(
    'vault-policy-reach',
    "another's certificates",
    'path "nuts-pki/issue/*" { capabilities = ["update"] }',
  ),
  policy('vault-administration', 'policies', 'path "sys/policies/acl/mine" { capabilities = ["update"] }'),
  policy('vault-administration', 'tokens', 'path "auth/token/create" { capabilities = ["update"] }'),
  policy('vault-administration', 'sudo', 'path "nuts/acme/x" { capabilities = ["sudo"] }'),
  role('from anywhere', (one) => (one.token_bound_cidrs = [])),
  role('from everywhere', (one) => (one.secret_id_bound_cidrs = ['0.0.0.0/0'])),
  role('the default policy', (one) => (one.token_no_default_policy = false)),
  role('a second policy', (one) => (one.token_policies as string[]).push('nuts.operator')),
  role('tokens that last', (one) => delete one.token_period),
  secretId('not wrapped', (one) => delete one.wrapping_ttl),
  secretId('by hand', (one) => (one.secret_id = 'x')),
  secretId('from anywhere', (one) => (one.cidr_list = [])),
  certificates('hosts below', (one) => (one.allow_subdomains = true)),
  certificates('any name', (one) => (one.allow_any_name = true)),
  certificates('addresses', (one) => delete one.allow_ip_sans),
  certificates('names that are no hosts', (one) => (one.enforce_hostnames = false)),
  acl('every key', /~acme_\*/, '~*'),
  acl('keys that begin alike', /~acme_\*/, '~acme*'),
  acl("another's locks", /~lock_acme_\*/, '~lock_*'),
  acl('keys by a set', /~acme\.\*/, '~[a-z]*'),
  acl('every command', '-@all', '+@all'),
  container('strict-mode', 'off', NODE, variable('NUTS_STRICTMODE=true', 'NUTS_STRICTMODE=false')),
  container('strict-mode', 'not set', NODE, variable('NUTS_STRICTMODE=true', 'X=')),
  container('keys-outside-vault', 'in files', NODE, variable('=vaultkv', '=fs')),
  container(
    'keys-outside-vault',
    'by the network',
    NODE,
    variable('=unix:///run/vault/vault.sock', '=http://vault:8200'),
  ),
  container('node-tls', 'among nodes', NODE_V5_4, addVariable('NUTS_NETWORK_ENABLETLS=false')),
  container('node-tls', 'unchecked', NODE_V5_4, variable('=server-client', '=server')),
  container('node-tls', 'to Redis', NODE, variable('unix:///run/redis/redis.sock', 'redis:6379')),
  container('api-authentication', 'no token', NODE, variable('AUTH_TYPE=token_v2', 'AUTH_TYPE=')),
  container('api-authentication', 'no audience', NODE_V5_4, variable(/AUTH_AUDIENCE=.*/, 'AUTH_AUDIENCE=')),
  route('open-route', 'no paths', / && \(Path\(.*\)$/m, ''),
  route('open-route', 'a path too many', '(Path(`/iam`)', '(PathPrefix(`/internal`) || Path(`/iam`)'),
  route('open-route', 'all paths', '(Path(`/iam`)', '(PathRegexp(`^/.*`) || Path(`/iam`)'),
  route(
    'open-route',
    'a host too many',
    '(Path(`/iam`)',
    '(Path(`/iam`) || Path(`/iam`)) || (Path(`/internal`)',
  ),
  route('open-route', 'all hosts', /Host\(`acme[^`]*`\)/, 'HostRegexp(`.+`)'),
  container('open-route', 'an API without guards', CARRIER_WITH_API, (carrier) => {
    variable(/ipAllowList:/, 'unknown:')(carrier);
    variable(/forwardAuth:/, 'unknown:')(carrier);
    variable(/RequireAndVerifyClientCert/, 'NoClientCert')(carrier);
  }),
  container('foreign-route', "another's address", CARRIER, (carrier, stacks) => {
    const own = addressOf(stacks, 'acme');
    variable(`${own}:8080`, `${addressOf(stacks, otherThanAcme(stacks))}:8080`)(carrier);
  }),
  route(
    'foreign-route',
    "another file's service",
    /^ {6}service: acme-public/m,
    '      service: other-public',
  ),
  container('foreign-route', 'a host that is taken', CARRIER, (carrier, stacks) => {
    variable(/Host\(`acme[^`]*`\)/, `Host(\`${hostOf(stacks, otherThanAcme(stacks))}\`)`)(carrier);
  }),
  route('foreign-route', 'options of all', 'ROUTE=http:', 'ROUTE=tls: { options: { default: {} } }\nhttp:'),
  route('foreign-route', 'a file that can not be read', 'ROUTE=http:', 'ROUTE=http: }'),
  route('proxy-tls', 'no TLS', /^ {6}tls: \{\}\n?/m, ''),
  container('proxy-tls', 'an old version', CARRIER_WITH_API, variable('VersionTLS12', 'VersionTLS10')),
  container(
    'proxy-tls',
    'certificates if there are some',
    CARRIER_WITH_API,
    variable('RequireAndVerifyClientCert', 'VerifyClientCertIfGiven'),
  ),
  ...[
    '--api.insecure=true',
    '--providers.docker=true',
    '--entrypoints.https.forwardedheaders.insecure=true',
  ].map((argument) =>
    container('proxy-management', argument, PROXY, (proxy) => (proxy.command as string[]).push(argument)),
  ),
  container('vault-tls', 'unchecked', SIDECAR, addVariable('VAULT_SKIP_VERIFY=1')),
  container('vault-tls', 'in production', /./, variable('VAULT_ADDR=https', 'VAULT_ADDR=http')),
  ...[
    ['docker_volume', /\/data\/node\/Resource$/],
    ['docker_volume', /proxy\/acme\/Resource$/],
    ['docker_volume', /vault\/data\/Resource$/],
    ['vault_mount', /\/data\/keys$/],
    ['vault_mount', /\/data\/secrets$/],
    ['terraform_data', /identity\/record$/],
  ].map(([type, path]) =>
    change(
      'unprotected-data',
      String(path),
      String(type),
      path as RegExp,
      (resource) => delete resource.lifecycle,
    ),
  ),
  container('production-local-vault', 'a Vault beside it', SIDECAR, (sidecar) => {
    sidecar.entrypoint = ['/bin/vault', 'server'];
  }),
  container('production-sqlite', 'one more file', NODE, variable(/(sqlite:.*)nuts\.db/, '$1other.db')),
];

function policy(rule: string, name: string, more: string): Mutation {
  return change(rule, name, 'vault_policy', /acme\/vault-proxy\/identity\/policy$/, (one) => {
    one.policy = `${String(one.policy)}\n${more}`;
  });
}

function role(name: string, how: Change): Mutation {
  return change('vault-login', name, 'vault_approle_auth_backend_role', /./, how);
}

function secretId(name: string, how: Change): Mutation {
  return change('secret-id', name, 'vault_approle_auth_backend_role_secret_id', /./, how);
}

function certificates(name: string, how: Change): Mutation {
  return change('certificate-role', name, 'vault_pki_secret_backend_role', /./, how);
}

function acl(name: string, from: string | RegExp, to: string): Mutation {
  return container('redis-reach', name, /acme\/redis\/config\/Resource$/, (carrier) => {
    for (const file of carrier.upload as Mutable[]) file.content = String(file.content).replace(from, to);
  });
}

function route(rule: string, name: string, from: string | RegExp, to: string): Mutation {
  return container(rule, name, CARRIER, variable(from, to));
}
