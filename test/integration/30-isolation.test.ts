import { docker, exec, succeed } from './support/platform';

const ACME_NODE = 'nuts-acme-node';

function address(container: string): string {
  return docker('inspect', container, '--format', '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}');
}

/** Whether a container can open a TCP connection: curl says 7 for refused, 28 for no answer; anything else got through. */
function reaches(container: string, target: string, port: number): boolean {
  const { code } = exec(container, 'curl', '-sS', '--max-time', '2', `http://${target}:${port}/`);
  return ![7, 28].includes(code);
}

/** A call of Vault over the node's own socket, with whatever token the caller makes up. */
function viaSocket(container: string, method: string, path: string, ...more: string[]): string {
  const outcome = exec(
    container,
    'curl',
    '-sS',
    '-o',
    '/dev/null',
    '-w',
    '%{http_code}',
    '--max-time',
    '10',
    '--unix-socket',
    '/run/vault/vault.sock',
    '-X',
    method,
    ...more,
    `http://vault/v1/${path}`,
  );
  return succeed(outcome).stdout;
}

describe('from inside a tenant’s node', () => {
  it('reaches its own listeners, so that the check below can fail', () => {
    expect(reaches(ACME_NODE, address(ACME_NODE), 8080)).toBe(true);
  });

  it.each([8080, 8081, 5555, 4222])('has no route to another tenant’s node on port %d', (port) => {
    expect(reaches(ACME_NODE, address('nuts-beta-node'), port)).toBe(false);
  });

  it('has no route to Vault, nor to any sidecar', () => {
    expect(reaches(ACME_NODE, address('nuts-platform-vault'), 8200)).toBe(false);
    expect(reaches(ACME_NODE, address('nuts-beta-vault-proxy'), 8200)).toBe(false);
    expect(reaches(ACME_NODE, address('nuts-acme-vault-proxy'), 8200)).toBe(false);
  });

  it('does not reach Vault through the host either', () => {
    for (const gateway of ['10.81.0.17', '10.80.1.1', '10.80.0.1'])
      expect(reaches(ACME_NODE, gateway, 8200)).toBe(false);
  });

  it('hears its NATS on loopback only', () => {
    expect(reaches(ACME_NODE, '127.0.0.1', 4222)).toBe(true);
    expect(reaches(ACME_NODE, address(ACME_NODE), 4222)).toBe(false);
  });
});

describe('from inside its other containers', () => {
  it.each(['nuts-acme-redis', 'nuts-beta-redis'])('%s has no network at all', (container) => {
    expect(docker('inspect', container, '--format', '{{.HostConfig.NetworkMode}}')).toBe('none');
    expect(exec(container, 'sh', '-c', 'cat /proc/net/route | tail -n +2').stdout).toBe('');
  });

  // But for Docker's own resolver, on a loopback address of each container.
  it('a sidecar of Vault listens on no port that another could reach', () => {
    const script =
      'cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | grep " 0A " | grep -vc "0B00007F:" || true';
    for (const sidecar of ['nuts-acme-vault-proxy', 'nuts-acme-certificate', 'nuts-beta-vault-proxy'])
      expect({ sidecar, listeners: exec(sidecar, 'sh', '-c', script).stdout.trim() }).toEqual({
        sidecar,
        listeners: '0',
      });
  });

  it('shares no volume and no network with another tenant', () => {
    const format =
      '{{range .Mounts}}{{.Name}} {{end}}{{range $name, $_ := .NetworkSettings.Networks}}{{$name}} {{end}}';
    const of = (tenant: string) => {
      const names = docker('ps', '--all', '--quiet', '--filter', `label=nuts-saas.tenant=${tenant}`).split(
        '\n',
      );
      return new Set(
        docker('inspect', ...names, '--format', format)
          .split(/\s+/)
          .filter(Boolean),
      );
    };
    const beta = of('beta');
    // Where sidecars meet Vault, where carriers put routes, and no network at all.
    const shared = [...of('acme')].filter((name) => beta.has(name)).sort();
    expect(shared).toEqual(['none', 'nuts-platform-routes', 'nuts-platform-vault']);
  });

  it('only the node opens the Vault socket, and only its sidecar serves it', () => {
    const users = docker('ps', '--all', '--filter', 'volume=nuts-acme-vault-socket', '--format', '{{.Names}}')
      .split('\n')
      .sort();
    expect(users).toEqual(['nuts-acme-node', 'nuts-acme-vault-proxy']);
  });
});

describe('a tenant’s identity in Vault', () => {
  const own = 'nuts/acme/nuts-private-keys/isolation-test';

  it('reads, writes and lists its own keys', () => {
    expect(viaSocket(ACME_NODE, 'PUT', own, '-d', '{"key":"test"}')).toBe('204');
    expect(viaSocket(ACME_NODE, 'GET', own)).toBe('200');
    expect(viaSocket(ACME_NODE, 'LIST', 'nuts/acme/nuts-private-keys')).toBe('200');
    expect(viaSocket(ACME_NODE, 'DELETE', own)).toBe('204');
  });

  it.each([
    ['GET', 'nuts/beta/nuts-private-keys/x'],
    ['LIST', 'nuts/beta/nuts-private-keys'],
    ['PUT', 'nuts/beta/nuts-private-keys/x'],
    ['DELETE', 'nuts/beta/nuts-private-keys/x'],
    ['GET', 'nuts/acme/other'],
    ['LIST', 'nuts/acme'],
    ['LIST', 'nuts'],
    ['GET', 'tenants/acme/data/x'],
    ['GET', 'tenants/beta/data/x'],
    ['GET', 'sys/mounts'],
    ['LIST', 'sys/policies/acl'],
    ['GET', 'sys/policies/acl/nuts-acme.g1'],
    ['PUT', 'sys/policies/acl/nuts-acme.g1'],
    ['PUT', 'auth/token/create'],
    ['PUT', 'auth/nuts-approle/role/nuts-acme.g1/secret-id'],
    ['PUT', 'auth/nuts-approle/role/nuts-beta.g1/secret-id'],
    ['PUT', 'nuts-pki/issue/nuts-acme'],
    ['PUT', 'nuts-pki/issue/nuts.proxy'],
    ['LIST', 'identity/entity/id'],
    ['PUT', 'sys/seal'],
  ])('may not %s %s', (method, path) => {
    expect(viaSocket(ACME_NODE, method, path, '-d', '{}')).toBe('403');
  });

  it('gains nothing from a token that the caller brings', () => {
    expect(viaSocket(ACME_NODE, 'GET', 'nuts/beta/nuts-private-keys/x', '-H', 'X-Vault-Token: root')).toBe(
      '403',
    );
  });
});

describe('Redis', () => {
  const redis = (...command: string[]) =>
    exec('nuts-acme-redis', 'redis-cli', '-s', '/run/redis/redis.sock', ...command).output.trim();

  it.each([
    ['acme_test', 'OK'],
    ['lock_acme_test', 'OK'],
    ['acme.test', 'OK'],
    ['beta_test', 'NOPERM'],
    ['other', 'NOPERM'],
  ])('writes to %s: %s', (key, answer) => {
    expect(redis('set', key, 'x', 'ex', '1')).toContain(answer);
  });

  it.each([
    'flushall',
    'flushdb',
    'config get *',
    'keys *',
    'acl list',
    'shutdown nosave',
    'save',
    'bgrewriteaof',
    'info',
    'client list',
    'monitor',
    'slaveof 127.0.0.1 1',
    'module list',
    'swapdb 0 1',
    'select 1',
    'psync ? -1',
    'script flush',
    'function list',
    'dbsize',
  ])('refuses %s', (command) => {
    expect(redis(...command.split(' '))).toContain('NOPERM');
  });
});

describe('every container', () => {
  const names = docker('ps', '--format', '{{.Names}}', '--filter', 'label=nuts-saas.platform=nuts').split(
    '\n',
  );

  it.each(names)('%s runs without capabilities, on a read-only root, within limits', (name) => {
    const [container] = JSON.parse(docker('inspect', name)) as [
      { Config: { User: string }; HostConfig: Record<string, unknown>; State: { Pid: number } },
    ];
    expect(container.HostConfig).toMatchObject({
      ReadonlyRootfs: true,
      Privileged: false,
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges:true'],
      PidMode: '',
      RestartPolicy: { Name: 'always' },
      LogConfig: { Type: 'json-file', Config: { 'max-size': '10m', 'max-file': '3' } },
    });
    expect(container.HostConfig.Memory).toBeGreaterThan(0);
    expect(container.HostConfig.MemorySwap).toBe(container.HostConfig.Memory);
    expect(container.HostConfig.NanoCpus).toBeGreaterThan(0);
    expect(container.Config.User).toMatch(/^\d+:\d+$/);
  });
});
