import { spawnSync } from 'node:child_process';
import type { VaultClient } from '../../cli/vault/vault-client';
import {
  docker,
  eventually,
  exec,
  plannedChanges,
  run,
  succeed,
  synth,
  vaultAsRoot,
} from './support/platform';

const VAULT = 'nuts-platform-vault';
const LOG = '/vault/audit/audit.log';
const ACME = 'nuts-acme-node';
const BETA = 'nuts-beta-node';
const KEYS = (tenant: string) => `nuts/${tenant}/nuts-private-keys`;

let root: VaultClient;
beforeAll(async () => {
  root = await vaultAsRoot();
});
afterAll(async () => {
  await root.call('PUT', 'auth/token/revoke-self', {});
});

/** Calls of Vault over the node's socket, as curl's answers to a URL that may stand for many. */
function viaSocket(container: string, path: string, ...more: string[]): string[] {
  const socket = ['--unix-socket', '/run/vault/vault.sock', '--max-time', '20'];
  const outcome = exec(
    container,
    'curl',
    '-s',
    '-o',
    '/dev/null',
    '-w',
    '%{http_code}\n',
    ...socket,
    ...more,
    `http://vault/v1/${path}`,
  );
  return outcome.stdout.trim().split('\n');
}

interface Entry {
  readonly type: string;
  readonly auth?: {
    readonly entity_id?: string;
    readonly metadata?: Record<string, string>;
    readonly policies?: string[];
  };
  readonly request: { readonly path: string; readonly remote_address?: string };
}

function entries(text: string, path: string): Entry[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('{') && line.includes(`"${path}"`))
    .map((line) => JSON.parse(line) as Entry);
}

const inFile = () => succeed(exec(VAULT, 'cat', LOG)).stdout;
const onOutput = () => run('docker', ['logs', VAULT]).stdout;

describe('the audit log', () => {
  const path = `${KEYS('acme')}/audit-test`;
  const secret = 'sentinel-5d1f8c';

  beforeAll(() => {
    expect(viaSocket(ACME, path, '-X', 'PUT', '-d', `{"key":"${secret}"}`)).toEqual(['204']);
    expect(viaSocket(ACME, path)).toEqual(['200']);
    expect(viaSocket(ACME, path, '-X', 'DELETE')).toEqual(['204']);
  });

  it.each([
    ['file', inFile],
    ['output', onOutput],
  ])('says in its %s which tenant asked, from where', async (_, read) => {
    const { data } = await root.call('GET', 'identity/entity/name/nuts-acme');
    const found = entries(read(), path);
    expect(found.length).toBeGreaterThanOrEqual(6);
    for (const { auth, request } of found) {
      expect(auth).toMatchObject({
        entity_id: data?.id,
        metadata: { tenant: 'acme', role_name: 'nuts-acme.g1' },
        policies: ['nuts-acme.g1'],
      });
      expect(request.remote_address).toBe('10.80.1.8');
    }
  });

  it('holds no secret: neither what was written, nor a SecretID, nor a token', () => {
    const secretId = succeed(exec('nuts-acme-vault-proxy', 'cat', '/state/secret_id')).stdout.trim();
    expect(secretId).toMatch(/^[0-9a-f-]{36}$/);
    for (const text of [inFile(), onOutput()])
      for (const value of [secret, secretId, 'hvs.']) expect(text.includes(value)).toBe(false);
  });

  it('is rotated, and goes on in a new file', async () => {
    const before = inFile();
    succeed(exec(VAULT, 'truncate', '-s', '11M', LOG));
    await eventually(() => {
      expect(Number(succeed(exec(VAULT, 'stat', '-c', '%s', LOG)).stdout)).toBeLessThan(1_000_000);
    }, 30);
    expect(succeed(exec(VAULT, 'head', '-c', String(Buffer.byteLength(before)), `${LOG}.1`)).stdout).toBe(
      before,
    );
    viaSocket(ACME, path);
    expect(entries(inFile(), path).length).toBeGreaterThan(0);
    succeed(exec(VAULT, 'rm', `${LOG}.1`));
  }, 60_000);
});

describe('a full disk under the audit log', () => {
  const own = `${KEYS('acme')}/full-disk`;
  const pid = docker('inspect', VAULT, '--format', '{{.State.Pid}}');
  const inMounts = (...command: string[]) =>
    spawnSync('nsenter', ['--mount', '--pid', '--target', pid, ...command]);
  const reopen = () => docker('kill', '--signal', 'HUP', VAULT);

  beforeAll(async () => {
    expect(inMounts('mount', '-t', 'tmpfs', '-o', 'size=64k,mode=1777', 'tmpfs', '/vault/audit').status).toBe(
      0,
    );
    reopen();
    await eventually(() => {
      succeed(exec(VAULT, 'test', '-e', LOG));
    });
    exec(VAULT, 'sh', '-c', 'head -c 100000 /dev/zero > /vault/audit/fill');
  }, 30_000);
  // Once, or it would be the volume below that goes.
  let isFull = true;
  const giveBack = () => {
    if (!isFull) return;
    isFull = false;
    expect(inMounts('umount', '-l', '/vault/audit').status).toBe(0);
    reopen();
  };
  afterAll(giveBack);

  it('does not stop Vault, since its output hears everything too', async () => {
    expect(succeed(exec(VAULT, 'df', '--output=avail', '/vault/audit')).stdout).toMatch(/\n *0\n/);
    for (let time = 0; time < 20; time++) expect(viaSocket(ACME, own)).toEqual(['404']);
    expect(entries(onOutput(), own).length).toBeGreaterThanOrEqual(40);
    await root.call('GET', 'sys/mounts');
  }, 60_000);

  it('would stop it, were there only that one', async () => {
    await root.call('DELETE', 'sys/audit/nuts-output').catch(() => undefined);
    expect(viaSocket(ACME, own)).toEqual(['500']);
    giveBack();
    await eventually(() => {
      expect(viaSocket(ACME, own)).toEqual(['404']);
    });
    await root.call('PUT', 'sys/audit/nuts-output', {
      type: 'file',
      description: "Every request, on Vault's output",
      options: { file_path: 'stdout' },
    });
    synth();
    expect(plannedChanges('platform')).toEqual([]);
  }, 120_000);
});

describe('a tenant that asks Vault too often', () => {
  it('hears 429 on that mount, and there only, and nobody else does', () => {
    const answers = viaSocket(ACME, `${KEYS('acme')}/flood[1-1500]`, '--parallel', '--parallel-max', '20');
    expect(answers.filter((answer) => answer !== '404' && answer !== '429')).toEqual([]);
    expect(answers).toEqual(expect.arrayContaining(['404', '429']));
    expect(viaSocket(ACME, 'auth/token/lookup-self')).toEqual(['200']);
    expect(viaSocket(BETA, `${KEYS('beta')}/any`)).toEqual(['404']);
  }, 60_000);

  it('would be served without the limit', async () => {
    const path = 'sys/quotas/rate-limit/nuts-acme.keys';
    const { data } = await root.call('GET', path);
    await root.call('DELETE', path);
    try {
      const answers = viaSocket(ACME, `${KEYS('acme')}/flood[1-1500]`, '--parallel', '--parallel-max', '20');
      expect(new Set(answers)).toEqual(new Set(['404']));
    } finally {
      await root.call('PUT', path, { path: data?.path, rate: data?.rate });
    }
    synth();
    expect(plannedChanges('tenant-acme')).toEqual([]);
  }, 120_000);
});

describe('a login that was stolen', () => {
  const SIDECAR = 'nuts-acme-vault-proxy';
  const post = (container: string, path: string, body: unknown, token?: string) => {
    const header = token === undefined ? [] : ['-H', `X-Vault-Token: ${token}`];
    return exec(
      container,
      'curl',
      '-s',
      '--max-time',
      '5',
      ...header,
      '-d',
      JSON.stringify(body),
      `http://10.80.1.2:8200/v1/${path}`,
    ).stdout;
  };
  const credentials = () => ({
    role_id: /^ROLE_ID=(.*)$/m.exec(succeed(exec(SIDECAR, 'env')).stdout)?.[1],
    secret_id: succeed(exec(SIDECAR, 'cat', '/state/secret_id')).stdout.trim(),
  });
  const login = (container: string) =>
    JSON.parse(post(container, 'auth/nuts-approle/login', credentials())) as {
      auth?: { client_token: string };
      errors?: string[];
    };

  it('is of use at the address of its sidecar, so that the checks below can fail', () => {
    expect(login(SIDECAR).auth?.client_token).toMatch(/^hvs\./);
  });

  it.each(['nuts-beta-vault-proxy', 'nuts-acme-certificate', 'nuts-platform-proxy-tls'])(
    'is of none at that of %s, on the same network',
    (container) => {
      expect(login(container)).toMatchObject({
        errors: [expect.stringMatching(/unauthorized|denied/) as string],
      });
    },
  );

  it('is of none for its token either', () => {
    const token = login(SIDECAR).auth?.client_token ?? '';
    const renew = (container: string) => post(container, 'auth/token/renew-self', {}, token);
    expect(renew(SIDECAR)).toContain('"client_token"');
    expect(renew('nuts-beta-vault-proxy')).toContain('permission denied');
    expect(renew('nuts-acme-certificate')).toContain('permission denied');
  });

  it('of another role has another SecretID', () => {
    const other = /^ROLE_ID=(.*)$/m.exec(succeed(exec('nuts-beta-vault-proxy', 'env')).stdout)?.[1];
    expect(post(SIDECAR, 'auth/nuts-approle/login', { ...credentials(), role_id: other })).toContain(
      'errors',
    );
  });
});
