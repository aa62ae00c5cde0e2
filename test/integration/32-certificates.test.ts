import { X509Certificate } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExtendedKeyUsage } from '../../cli/certificates/x509';
import { readPrivateFile } from '../../cli/vault/private-file';
import { VaultClient } from '../../cli/vault/vault-client';
import { SHARED_CERTIFICATE_RISKS } from '../../lib';
import { authorityFile, operatorTokenFile } from '../../stacks/local-files';
import { type Issued, TestAuthority } from '../cli/support/authority';
import { Outside, OUTSIDE } from './support/outside';
import {
  containerIds,
  docker,
  edit,
  eventually,
  exec,
  nutsSaas,
  plannedChanges,
  PROJECT,
  PROXY_ADDRESS,
  planJson,
  readMount,
  run,
  succeed,
  synth,
  vaultAsRoot,
} from './support/platform';

const HOST = 'nuts-delta.saas.internal';
const LIST_PORT = 18099;
const HOUR = 3_600_000;
const TENANT = `id: delta
release: v6
url: https://delta.saas.internal
didMethods: [web, nuts]
subnet: 10.81.0.64/28
certificate: { source: own }
`;

const outside = new Outside();
const folder = mkdtempSync(join(tmpdir(), 'nuts-saas-certificates-'));
const tenantFile = join(PROJECT, 'tenants', 'delta.yaml');
const operator = new VaultClient('http://127.0.0.1:8200', readPrivateFile(operatorTokenFile(PROJECT)));

let network: TestAuthority;
let intermediate: TestAuthority;
let stranger: TestAuthority;
let restorePlatform: () => void;

beforeAll(async () => {
  network = await TestAuthority.create('Network root');
  intermediate = await network.intermediate('Network intermediate');
  stranger = await TestAuthority.create('Stranger');
  await publish([]);
  const serve = `require('http').createServer((q,a)=>a.end(require('fs').readFileSync(${JSON.stringify(folder)}+q.url))).listen(${LIST_PORT},'${OUTSIDE.public}')`;
  await outside.start();
  outside.run(serve);
  restorePlatform = trust(network, intermediate);
  writeFileSync(tenantFile, TENANT);
}, 60_000);

afterAll(() => {
  writeFileSync(tenantFile, `${TENANT}state: removed\n`);
  succeed(nutsSaas('apply', 'tenant-delta', '--auto-approve'));
  writeFileSync(tenantFile, `${TENANT}state: removed\nremoveData: delta\n`);
  succeed(nutsSaas('apply', 'tenant-delta', '--auto-approve'));
  rmSync(tenantFile);
  restorePlatform();
  succeed(nutsSaas('apply', 'platform', '--auto-approve'));
  outside.stop();
  const state = join(PROJECT, '.nuts-saas', 'state');
  for (const file of readdirSync(state)) if (file.startsWith('tenant-delta.')) rmSync(join(state, file));
  rmSync(join(PROJECT, 'cdktf.out', 'stacks', 'tenant-delta'), { recursive: true, force: true });
  rmSync(folder, { recursive: true });
}, 180_000);

function trust(...authorities: readonly TestAuthority[]): () => void {
  const pem = authorities.map((one) => one.pem).join('');
  const lists = ['root', 'intermediate'].map((name) => `http://${OUTSIDE.public}:${LIST_PORT}/${name}.crl`);
  return edit('platform.yaml', (text) =>
    text.replace(
      'denylist: false\n',
      `denylist: false\n  revocationLists: [${lists.join(', ')}]\n  truststore: |\n${pem.replaceAll(/^(?=.)/gm, '    ')}`,
    ),
  );
}

async function publish(revoked: readonly Issued[], until?: Date): Promise<void> {
  const serials = revoked.map(({ serial }) => serial);
  writeFileSync(join(folder, 'root.crl'), await network.revocationList([]));
  // One as PEM, one as authorities mostly publish it.
  const list = await intermediate.revocationList(serials, until);
  const der = Buffer.from(list.replaceAll(/-----[^-]*-----|\s/g, ''), 'base64');
  writeFileSync(join(folder, 'intermediate.crl'), der);
}

function save(text: string): string {
  const file = join(folder, 'chain.pem');
  writeFileSync(file, text);
  return file;
}

interface Row {
  readonly holder: string;
  readonly source: string;
  readonly state: string;
  readonly requested?: string;
  readonly hosts?: readonly string[];
  readonly daysLeft?: number;
}

function listed(...args: string[]): { code: number; rows: Row[] } {
  const { code, stdout } = nutsSaas('certificates', '--json', ...args);
  return { code, rows: JSON.parse(stdout) as Row[] };
}

const row = (holder: string) => listed().rows.find((one) => one.holder === holder);
const csr = () => succeed(nutsSaas('certificates', 'request', 'delta', '--show')).stdout;
const record = () => operator.call('GET', 'tenants/delta/data/certificates/node');

interface Caller {
  readonly certificate?: string;
  readonly key?: string;
}

/** A call of a tenant's node-to-node host as another node would make it. */
function callNode(
  host: string,
  ca: string,
  path: string,
  caller: Caller,
  headers: Record<string, string> = {},
  at: { host: string; port?: number } = { host: PROXY_ADDRESS },
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        ...at,
        servername: host,
        path,
        ca,
        cert: caller.certificate,
        key: caller.key,
        timeout: 20_000,
        headers: { host, ...headers },
        agent: false,
      },
      (incoming) => {
        let body = '';
        incoming.setEncoding('utf8');
        incoming.on('data', (chunk: string) => (body += chunk));
        incoming.on('end', () => {
          resolve({ status: incoming.statusCode ?? 0, body });
        });
      },
    );
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer')));
    outgoing.on('error', reject);
    outgoing.end();
  });
}

const REFUSED = /alert|ECONNRESET|socket hang up|EPROTO/;
// A path of the node itself: it answers, and not with the guard's empty 404.
const REAL_PATH = '/n2n/auth/v1/accesstoken';

describe('a tenant that waits for its certificate', () => {
  it('is left out by apply, before anything is made', () => {
    const outcome = nutsSaas('apply', 'tenant-delta', '--auto-approve');
    expect(outcome.code).toBe(2);
    expect(outcome.output).toContain('tenant delta waits for its certificate, and was left as it is');
    expect(outcome.output).toContain('nuts-saas certificates request delta');
    expect(containerIds('nuts-delta')).toEqual({});
  });

  it('gets a request, whose key nobody can read any more', async () => {
    const made = succeed(
      nutsSaas('certificates', 'request', 'delta', '--organisation', 'Delta Care', '--country', 'NL'),
    );
    expect(made.stdout).toMatch(/^-----BEGIN CERTIFICATE REQUEST-----/);
    expect(made.output).not.toContain('PRIVATE');
    expect(csr()).toBe(made.stdout);
    expect(containerIds('nuts-delta')).toEqual({});
    const keys = await operator.call<{ data: { keys: string[] } }>(
      'GET',
      'tenants/delta/metadata/certificates/keys?list=true',
    );
    expect(keys.data.keys).toHaveLength(1);
    const path = `tenants/delta/data/certificates/keys/${keys.data.keys[0] ?? ''}`;
    await expect(operator.call('GET', path)).rejects.toThrow('403');
    await expect(operator.call('PUT', path, { data: { key: 'mine' } })).rejects.toThrow('403');
  }, 120_000);

  it('keeps the request that it has, and says that it waits', () => {
    const again = nutsSaas('certificates', 'request', 'delta');
    expect(again.code).toBe(2);
    expect(again.output).toMatch(/a request of delta is pending since .*\n.*--replace/);
    const { code, rows } = listed();
    expect(rows.find(({ holder }) => holder === 'delta')).toMatchObject({ state: 'pending' });
    expect(code).toBe(0);
    expect(succeed(nutsSaas('certificates')).stdout).toMatch(/^delta +own +pending/m);
    expect(nutsSaas('status').stdout).toMatch(/^delta +UNWELL .*waits for its certificate/m);
    const outcome = nutsSaas('apply', 'tenant-delta', '--auto-approve');
    expect(outcome.code).toBe(2);
    expect(outcome.output).toContain('certificates import delta <file>');
  }, 120_000);

  it('holds up no other tenant', () => {
    const outcome = nutsSaas('apply', 'tenant-beta', 'tenant-d*', '--auto-approve');
    expect(outcome.code).toBe(2);
    expect(outcome.output).toMatch(
      /tenant-beta[\s\S]*No changes|Apply complete[\s\S]*waits for its certificate/,
    );
  }, 120_000);
});

describe('import', () => {
  const from =
    (authority: () => TestAuthority, more: object = {}) =>
    async () =>
      (await authority().issue({ hosts: [HOST], csr: csr(), ...more })).certificate + intermediate.pem;
  const ofNetwork = () => intermediate;

  it.each([
    ['another host', from(ofNetwork, { hosts: ['nuts-acme.saas.internal'] }), /not for nuts-delta/],
    ['another authority', from(() => stranger), /no authority in network.truststore/],
    [
      'another key',
      async () => (await intermediate.issue({ hosts: [HOST] })).certificate + intermediate.pem,
      /for another key than any that was requested/,
    ],
    ['an end that is past', from(ofNetwork, { until: new Date(Date.now() - HOUR) }), /it expired on/],
    ['a beginning to come', from(ofNetwork, { from: new Date(Date.now() + HOUR) }), /not valid before/],
    ['no use for clients', from(ofNetwork, { usages: [ExtendedKeyUsage.serverAuth] }), /not for clients/],
    [
      'a private key',
      async () => Object.values(await intermediate.issue({ hosts: [HOST] })).join(''),
      /holds a private key/,
    ],
    ['nonsense', () => Promise.resolve('nonsense'), /is not made of certificates in PEM/],
  ])(
    'refuses one with %s, and stores nothing',
    async (_, make, message) => {
      const outcome = nutsSaas('certificates', 'import', 'delta', save(await make()));
      expect(outcome.output).toMatch(message);
      expect(outcome.code).toBe(2);
      await expect(record()).rejects.toThrow('404');
      expect(row('delta')?.state).toBe('pending');
    },
    60_000,
  );

  it('takes the right one, with which the tenant can start', async () => {
    const right = await intermediate.issue({ hosts: [HOST], csr: csr() });
    succeed(nutsSaas('certificates', 'import', 'delta', save(right.certificate + intermediate.pem)));
    expect(row('delta')).toMatchObject({ state: 'ok', hosts: [HOST], daysLeft: 89 });
    expect(row('delta')?.requested).toBeUndefined();
    succeed(nutsSaas('apply', 'tenant-delta', '--auto-approve'));
    expect(nutsSaas('status').stdout).toMatch(/^delta +healthy/m);
    expect(new X509Certificate(nodeFile('delta')).serialNumber.toLowerCase()).toBe(
      right.serial.toLowerCase(),
    );
    expect(listed('--within', '120').code).toBe(1);
  }, 300_000);

  it('changes no other stack', () => {
    synth();
    for (const stack of ['platform', 'tenant-acme', 'tenant-beta', 'tenant-delta'])
      expect({ stack, changes: plannedChanges(stack) }).toEqual({ stack, changes: [] });
  }, 120_000);
});

describe('the node-to-node host', () => {
  const call = (path: string, caller: Caller, headers?: Record<string, string>) =>
    callNode(HOST, network.pem, path, caller, headers);
  let good: Issued;

  beforeAll(async () => {
    good = await intermediate.issue({ hosts: ['nuts-peer.care.nl'] });
  });
  const peer = (issued: Issued): Caller => ({
    certificate: issued.certificate + intermediate.pem,
    key: issued.key,
  });

  it('lets another node of the network in, to the node’s own answer', async () => {
    await eventually(async () => {
      const answer = await call(REAL_PATH, peer(good));
      expect(answer.body).not.toBe('');
      expect(answer.status).toBeGreaterThanOrEqual(400);
    });
  }, 90_000);

  it('refuses a caller without a certificate', async () => {
    await expect(call(REAL_PATH, {})).rejects.toThrow(REFUSED);
  });

  it.each([
    ['self-signed', () => stranger.issue({ hosts: ['nuts-peer.care.nl'] }), ''],
    [
      'of another authority, which it brings along',
      () => stranger.issue({ hosts: ['nuts-peer.care.nl'] }),
      'stranger',
    ],
    [
      'expired',
      () => intermediate.issue({ hosts: ['x.care.nl'], until: new Date(Date.now() - HOUR) }),
      'intermediate',
    ],
    [
      'not valid yet',
      () => intermediate.issue({ hosts: ['x.care.nl'], from: new Date(Date.now() + HOUR) }),
      'intermediate',
    ],
    [
      'for servers alone',
      () => intermediate.issue({ hosts: ['x.care.nl'], usages: [ExtendedKeyUsage.serverAuth] }),
      'intermediate',
    ],
  ])('refuses a certificate that is %s', async (_, make, chain) => {
    const { certificate, key } = await make();
    const more = { stranger: stranger.pem, intermediate: intermediate.pem }[chain] ?? '';
    await expect(call(REAL_PATH, { certificate: certificate + more, key })).rejects.toThrow(REFUSED);
  });

  it.each([
    '/',
    '/internal/vdr/v2/subject',
    '/status',
    '/status/diagnostics',
    '/health',
    '/metrics',
    '/public',
    '/iam/x/did.json',
    '/n2n',
    '/n2nx',
    '/n2n/../internal/vdr/v2/subject',
    '/n2n/..%2finternal/vdr/v2/subject',
    '/n2n/%2e%2e/status',
    '/n2n//status',
    '/n2n/.',
    '/n2n/%5c..%5cstatus',
    '//n2n/auth',
    'https://nuts-delta.saas.internal/status',
  ])('shows nothing at %s', async (path) => {
    expect(await call(path, peer(good))).toEqual({ status: 404, body: '' });
  });

  it('refuses a certificate as soon as its authority lists it as revoked', async () => {
    const bad = await intermediate.issue({ hosts: ['nuts-bad.care.nl'] });
    expect((await call(REAL_PATH, peer(bad))).body).not.toBe('');
    await publish([bad]);
    fetchLists();
    await eventually(() => expect(call(REAL_PATH, peer(bad))).rejects.toThrow(REFUSED));
    await eventually(async () => {
      expect((await call(REAL_PATH, peer(good))).body).not.toBe('');
    });
  }, 120_000);

  it('lets nobody in with a list that is past its date', async () => {
    await publish([], new Date(Date.now() - HOUR));
    fetchLists();
    await eventually(() => expect(call(REAL_PATH, peer(good))).rejects.toThrow(/expired/));
    await publish([]);
    fetchLists();
    await eventually(async () => {
      expect((await call(REAL_PATH, peer(good))).body).not.toBe('');
    });
  }, 120_000);

  it('tells of lists that are old before anybody is refused because of them', () => {
    const lists = () => listed().rows.find(({ source }) => source === 'revocation lists');
    expect(lists()).toMatchObject({ holder: 'delta', state: 'ok' });
    succeed(exec('nuts-delta-revocation', 'touch', '-d', '2 days ago', '/run/revocation/complete'));
    expect(lists()).toMatchObject({ state: 'stale' });
    expect(listed().code).toBe(1);
    fetchLists();
  }, 60_000);

  /** Which it does each quarter of an hour by itself. */
  function fetchLists(): void {
    docker('restart', '--time', '1', 'nuts-delta-revocation');
  }
});

describe('the checks of that host can fail', () => {
  const NODE = 'nuts-delta-n2n';
  let guard: string;

  /** The same guard with one protection less, reached directly. */
  async function weakened(
    without: string,
  ): Promise<(path: string, caller: Caller) => Promise<{ status: number; body: string }>> {
    const script = `sed '${without}' /etc/nuts-n2n/haproxy.cfg > /tmp/weak.cfg && exec haproxy -db -f /tmp/weak.cfg`;
    guard = docker(
      ...[
        'run',
        '--detach',
        '--volumes-from',
        NODE,
        '--network',
        'nuts-delta-node',
        '--tmpfs',
        '/tmp:mode=1777',
      ],
      ...['--user', docker('inspect', NODE, '--format', '{{.Config.User}}'), '--entrypoint', 'sh'],
      ...[docker('inspect', NODE, '--format', '{{.Config.Image}}'), '-c', script],
    );
    const address = docker(
      'inspect',
      guard,
      '--format',
      '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}',
    );
    const call = (path: string, caller: Caller) =>
      callNode(HOST, network.pem, path, caller, {}, { host: address, port: 8443 });
    await eventually(() =>
      call('/n2n/x', { certificate: good.certificate + intermediate.pem, key: good.key }),
    );
    return call;
  }
  let good: Issued;

  beforeAll(async () => {
    good = await intermediate.issue({ hosts: ['nuts-peer.care.nl'] });
  });
  afterEach(() => {
    docker('rm', '--force', guard);
  });

  it('without a demand for a certificate anybody gets in', async () => {
    const call = await weakened('s/verify required/verify none/');
    expect((await call(REAL_PATH, {})).body).not.toBe('');
  }, 60_000);

  it('without lists a revoked certificate gets in', async () => {
    const call = await weakened('s/ crl-file [^ ]*//');
    const bad = await intermediate.issue({ hosts: ['nuts-bad.care.nl'] });
    await publish([bad]);
    docker('restart', '--time', '1', 'nuts-delta-revocation');
    const caller = { certificate: bad.certificate + intermediate.pem, key: bad.key };
    await eventually(() => expect(callNode(HOST, network.pem, REAL_PATH, caller)).rejects.toThrow(REFUSED));
    expect((await call(REAL_PATH, caller)).body).not.toBe('');
  }, 120_000);

  it('without a list of paths the rest of the node is seen', async () => {
    const call = await weakened('/return status 404/d');
    const caller = { certificate: good.certificate + intermediate.pem, key: good.key };
    expect((await call('/status', caller)).status).toBe(200);
  }, 60_000);
});

describe('a renewal', () => {
  it('reaches a running node, which restarts for it and stays what it is', async () => {
    const before = {
      id: containerIds('nuts-delta-node'),
      serial: new X509Certificate(nodeFile('delta')).serialNumber,
    };
    const fresh = succeed(nutsSaas('certificates', 'request', 'delta')).stdout;
    expect(row('delta')).toMatchObject({ state: 'ok', requested: expect.any(String) as string });
    const next = await intermediate.issue({ hosts: [HOST], csr: fresh });
    succeed(nutsSaas('certificates', 'import', 'delta', save(next.certificate + intermediate.pem)));
    await eventually(() => {
      expect(new X509Certificate(nodeFile('delta')).serialNumber.toLowerCase()).toBe(
        next.serial.toLowerCase(),
      );
    }, 150);
    // It looks every few seconds; until then the old one is healthy too.
    await eventually(() => {
      expect(logsOf('nuts-delta-node')).toContain('a watched file changed: restarting');
    });
    await eventually(() => {
      expect(nutsSaas('status').stdout).toMatch(/^delta +healthy/m);
    }, 60);
    expect(containerIds('nuts-delta-node')).toEqual(before.id);
    expect(next.serial.toLowerCase()).not.toBe(before.serial.toLowerCase());
  }, 300_000);
});

describe('the truststore', () => {
  it('keeps an authority that a certificate in use comes from', () => {
    restorePlatform();
    const restore = trust(stranger);
    try {
      const outcome = nutsSaas('apply', 'tenant-delta', '--auto-approve');
      expect(outcome.code).toBe(2);
      expect(outcome.output).toContain('comes from an authority that network.truststore no longer has');
      expect(row('delta')?.state).toBe('untrusted');
    } finally {
      restore();
      restorePlatform = trust(network, intermediate);
    }
  }, 60_000);
});

describe('the key', () => {
  it('is nowhere but in Vault and in memory', async () => {
    const keys = await readMount(await vaultAsRoot(), 'tenants/delta', 'metadata/certificates/keys/');
    const names = Object.keys(keys).map((path) => path.split('/').at(-1) ?? '');
    // The one in use, and the one before it.
    expect(names).toHaveLength(2);
    const root = await vaultAsRoot();
    const secrets: string[] = [];
    for (const name of names) {
      const { data } = await root.call<{ data: { data: { key: string } } }>(
        'GET',
        `tenants/delta/data/certificates/keys/${name}`,
      );
      secrets.push(...data.data.key.split('\n').filter((line) => line.length > 20 && !line.startsWith('-')));
    }
    expect(secrets.length).toBeGreaterThan(40);
    const places = {
      plan: JSON.stringify(planJson('tenant-delta')),
      ...Object.fromEntries(filesBelow(PROJECT).map((file) => [file, readFileSync(file, 'latin1')])),
      ...Object.fromEntries(
        Object.keys(containerIds('nuts-delta')).flatMap((name) => [
          [`docker inspect ${name}`, docker('inspect', name)],
          [`logs of ${name}`, logsOf(name)],
        ]),
      ),
    };
    expect(Object.keys(places).length).toBeGreaterThan(20);
    const leaks = Object.entries(places).filter(([, text]) =>
      secrets.some((secret) => text.includes(secret)),
    );
    expect(leaks.map(([place]) => place)).toEqual([]);
    // The check can fail: this is where it is.
    expect(secrets.some((secret) => nodeFile('delta').includes(secret))).toBe(true);
  }, 120_000);

  it("is out of reach of the node's own login, and of other tenants'", () => {
    const answer = exec(
      'nuts-delta-node',
      ...['curl', '-s', '--unix-socket', '/run/vault/vault.sock', '-o', '/dev/null', '-w', '%{http_code}'],
      'http://vault/v1/tenants/delta/data/certificates/node',
    );
    expect(answer.stdout).toBe('403');
  });
});

describe('a shared certificate', () => {
  const accepted = `{ source: shared, acceptRisks: '${SHARED_CERTIFICATE_RISKS}' }`;

  it('is refused without the sentence that names its risks, which the error prints', () => {
    writeFileSync(tenantFile, TENANT.replace('{ source: own }', '{ source: shared }'));
    const outcome = nutsSaas('apply', 'tenant-delta', '--auto-approve');
    expect(outcome.code).toBe(2);
    expect(outcome.output).toContain(SHARED_CERTIFICATE_RISKS);
    writeFileSync(tenantFile, TENANT);
  });

  it('lies in one place for all that share it', async () => {
    writeFileSync(tenantFile, TENANT.replace('{ source: own }', accepted));
    const early = nutsSaas('certificates', 'request', '--shared');
    expect(early.output).toContain('nuts-saas apply platform');
    succeed(nutsSaas('apply', 'platform', '--auto-approve'));
    const made = succeed(nutsSaas('certificates', 'request', '--shared'));
    const issued = await intermediate.issue({ hosts: [HOST, 'nuts-other.saas.internal'], csr: made.stdout });
    succeed(nutsSaas('certificates', 'import', '--shared', save(issued.certificate + intermediate.pem)));
    succeed(nutsSaas('apply', 'tenant-delta', '--auto-approve'));
    expect(new X509Certificate(nodeFile('delta')).serialNumber.toLowerCase()).toBe(
      issued.serial.toLowerCase(),
    );
    expect(nutsSaas('status').stdout).toMatch(/^delta +healthy/m);
    expect(row('--shared')).toMatchObject({ state: 'ok' });
  }, 240_000);
});

describe('the platform’s own authority', () => {
  it('replaces and revokes a certificate, which no node-to-node host then takes', async () => {
    const platformCa = readFileSync(authorityFile(PROJECT), 'utf8');
    const call = (caller: Caller) => callNode('nuts-acme.saas.internal', platformCa, REAL_PATH, caller);
    const identity = () => {
      const text = nodeFile('acme');
      return { certificate: text, key: text };
    };
    const old = identity();
    await eventually(async () => {
      expect((await call(old)).body).not.toBe('');
    });
    succeed(nutsSaas('certificates', 'revoke', 'acme'));
    await eventually(() => expect(call(old)).rejects.toThrow(REFUSED), 120);
    await eventually(async () => {
      const fresh = identity();
      expect(fresh.certificate).not.toBe(old.certificate);
      expect((await call(fresh)).body).not.toBe('');
    });
    await eventually(() => {
      expect(nutsSaas('status').stdout).toMatch(/^acme +healthy/m);
    });
    expect(row('acme')).toMatchObject({ state: 'ok', hosts: ['nuts-acme.saas.internal'] });
  }, 300_000);
});

/** Certificate and key as the node reads them. */
function nodeFile(tenant: string): string {
  return succeed(exec(`nuts-${tenant}-node`, 'cat', '/run/nuts-certificate/node.pem')).stdout;
}

/** Both of its streams. */
function logsOf(name: string): string {
  return run('docker', ['logs', name]).output;
}

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter(
      (entry) =>
        entry.isFile() &&
        !entry.parentPath.includes('node_modules') &&
        !entry.parentPath.includes('.terraform'),
    )
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((file) => existsSync(file));
}
