import { EGRESS_COMMANDS } from '../../lib/platform/egress';
import { HOST_SIDE, Outside, OUTSIDE, PORT } from './support/outside';
import { docker, edit, eventually, exec, nutsSaas, plannedChanges, succeed, synth } from './support/platform';

const EGRESS = 'nuts-platform-egress';
const ACME = 'nuts-acme-node';
const BETA = 'nuts-beta-node';
const SIDECAR = 'nuts-acme-vault-proxy';
const TABLE = ['table', 'ip', 'nuts_egress'];

const outside = new Outside();

beforeAll(async () => {
  await outside.start();
}, 30_000);
afterAll(() => {
  outside.stop();
});

function reaches(container: string, target: string, port: number): boolean {
  const { code } = exec(container, 'curl', '-sS', '--max-time', '2', `http://${target}:${port}/`);
  return ![7, 28].includes(code);
}

function address(container: string): string {
  return docker('inspect', container, '--format', '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}');
}

const log = () => docker('logs', EGRESS);
const inPlace = () => exec(EGRESS, 'nft', 'list', ...TABLE).code === 0;

const HOST = ['10.81.0.17', '10.81.0.33', '10.80.0.1', '10.80.1.1', HOST_SIDE];
const CLOSED = [OUTSIDE.metadata, OUTSIDE.private, OUTSIDE.shared, ...HOST];

describe('a tenant’s node', () => {
  it('reaches the public internet', () => {
    expect(reaches(ACME, OUTSIDE.public, PORT)).toBe(true);
  });

  it('finds the public hosts of others by name, at the proxy', () => {
    const outcome = exec(
      ACME,
      'curl',
      '-sk',
      '--max-time',
      '5',
      '-o',
      '/dev/null',
      '-w',
      '%{http_code}',
      'https://beta.saas.internal/',
    );
    expect(succeed(outcome).stdout).toBe('404');
  });

  it('reaches its own listeners', () => {
    expect(reaches(ACME, address(ACME), 8080)).toBe(true);
  });

  it.each(CLOSED)('does not reach %s', (target) => {
    expect(reaches(ACME, target, PORT)).toBe(false);
  });

  it('does not reach another tenant’s node, nor the proxy’s health check, nor Vault’s port on the host', () => {
    expect(reaches(ACME, address(BETA), 8080)).toBe(false);
    for (const port of [8079, 8200]) for (const host of HOST) expect(reaches(ACME, host, port)).toBe(false);
  });
});

describe('a sidecar of Vault', () => {
  it('reaches Vault', () => {
    expect(reaches(SIDECAR, '10.80.1.2', 8200)).toBe(true);
  });

  it.each([OUTSIDE.public, ...CLOSED])('does not reach %s', (target) => {
    expect(reaches(SIDECAR, target, PORT)).toBe(false);
  });

  it('does not reach the proxy, nor another tenant’s node', () => {
    expect(reaches(SIDECAR, '10.80.0.1', 443)).toBe(false);
    expect(reaches(SIDECAR, address(BETA), 8080)).toBe(false);
  });
});

describe('the rules', () => {
  it('say who was refused what', async () => {
    await eventually(() => {
      expect(log()).toMatch(/refused: from and to 10\.81\.0\.18 \. 169\.254\.169\.254 \(\d+ packets\)/);
    });
  });

  it('are looked after by doctor and status', () => {
    expect(nutsSaas('doctor').output).toMatch(/ok +Egress rules +in place/);
    expect(JSON.parse(nutsSaas('status', '--json').stdout)).toMatchObject({ egress: 'in place' });
  });

  it.each([
    ['all of them were deleted', ['delete', ...TABLE]],
    ['a chain was flushed', ['flush', 'chain', 'ip', 'nuts_egress', 'tenant']],
    ['one was put in front of them', ['insert', 'rule', 'ip', 'nuts_egress', 'tenant', 'accept']],
  ])(
    'come back after %s',
    async (_, change) => {
      const alarms = () => log().split('ALARM the rules were changed or gone').length;
      const before = alarms();
      succeed(exec(EGRESS, 'nft', ...change));
      await eventually(() => {
        expect(alarms()).toBe(before + 1);
        succeed(exec(EGRESS, ...EGRESS_COMMANDS.check));
      }, 15);
      expect(reaches(ACME, OUTSIDE.metadata, PORT)).toBe(false);
    },
    60_000,
  );

  it('outlive their container', () => {
    docker('stop', EGRESS);
    try {
      expect(reaches(ACME, OUTSIDE.metadata, PORT)).toBe(false);
      expect(nutsSaas('status').code).toBe(1);
      expect(nutsSaas('doctor').output).toMatch(/missing +Egress rules/);
    } finally {
      docker('start', EGRESS);
    }
  }, 120_000);

  it('are what holds tenants back: without them each attack succeeds', async () => {
    docker('pause', EGRESS);
    try {
      withoutRules(() => {
        for (const target of [OUTSIDE.metadata, OUTSIDE.private, OUTSIDE.shared, '10.81.0.17', HOST_SIDE])
          expect({ target, reached: reaches(ACME, target, PORT) }).toEqual({ target, reached: true });
        expect(reaches(SIDECAR, OUTSIDE.public, PORT)).toBe(true);
      });
    } finally {
      docker('unpause', EGRESS);
    }
    await eventually(() => {
      expect(inPlace()).toBe(true);
    }, 15);
    expect(reaches(ACME, OUTSIDE.metadata, PORT)).toBe(false);
  }, 120_000);
});

/** Takes the rules away from beside their container, as an intruder on the host would. */
function withoutRules(attack: () => void): void {
  const image = docker('inspect', EGRESS, '--format', '{{.Config.Image}}');
  docker(
    'run',
    '--rm',
    '--network',
    'host',
    '--cap-add',
    'NET_ADMIN',
    '--entrypoint',
    'nft',
    image,
    'delete',
    ...TABLE,
  );
  attack();
}

describe('an exception and a limit', () => {
  let undo: () => void;

  beforeAll(() => {
    undo = edit(
      'platform.yaml',
      (text) => `${text}
egress:
  outboundLimit: 6
  allow:
    - { to: ${OUTSIDE.private}, port: ${PORT}, tenants: [acme], reason: a database of the customer that this test plays }
`,
    );
    succeed(nutsSaas('apply', 'platform', '--auto-approve'));
  }, 300_000);
  afterAll(() => {
    undo();
    succeed(nutsSaas('apply', 'platform', '--auto-approve'));
    synth();
    expect(plannedChanges('platform')).toEqual([]);
  }, 300_000);

  it('open what they name to whom they name, and nothing else', () => {
    expect(reaches(ACME, OUTSIDE.private, PORT)).toBe(true);
    expect(reaches(BETA, OUTSIDE.private, PORT)).toBe(false);
    expect(reaches(ACME, OUTSIDE.private, 22)).toBe(false);
    expect(reaches(ACME, OUTSIDE.shared, PORT)).toBe(false);
  });

  it('stop a tenant that calls too often, tell it, and leave the others alone', async () => {
    const url = `http://${OUTSIDE.public}:${PORT}/?[1-12]`;
    const each = ['--connect-timeout', '0.3', '-H', 'Connection: close'];
    const { stdout } = exec(ACME, 'curl', '-s', ...each, url);
    const answered = stdout.split('reached').length - 1;
    expect(answered).toBeGreaterThan(1);
    expect(answered).toBeLessThan(10);
    expect(reaches(BETA, OUTSIDE.public, PORT)).toBe(true);
    await eventually(() => {
      expect(log()).toMatch(/ALARM over the limit of outbound connections: 10\.81\.0\.18 /);
    });
  }, 120_000);
});
