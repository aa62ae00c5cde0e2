import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { LOGIN_SCRIPT } from '../../../lib/vault/login-script';
import { Sandbox } from '../support/sandbox';

// Processes start slowly where much else runs.
jest.setTimeout(60_000);

// The script itself runs, with sh, against a vault program that answers as Vault's own does.

const TOKEN = 'sentinel-wrapping-token';
const SECRET_ID = 'sentinel-secret-id';
const CREATION_PATH = 'auth/nuts-approle/role/nuts-acme.g1/secret-id';

const VAULT = `
echo "$*" >> /log/arguments
case "$1" in
  write)
    read -r token || :
    case "$(cat /log/mode)" in
      fresh) printf '%s' "$(cat /log/path)";;
      spent) echo 'Error writing data: Code: 400. Errors: * wrapping token is not valid or does not exist' >&2; exit 2;;
      *) echo 'dial tcp 10.80.1.2:8200: connect: connection refused' >&2; exit 2;;
    esac;;
  unwrap)
    [ "$(cat /log/mode)" = fresh ] && [ "$VAULT_TOKEN" = ${TOKEN} ] || { echo 'Code: 400' >&2; exit 2; }
    [ ! -e /log/unwrap-fails ] || { echo 'connection reset' >&2; exit 2; }
    echo spent > /log/mode
    printf '%s' ${SECRET_ID};;
  *) echo "started $*"; cp /state/secret_id /log/used;;
esac`;

let sandbox: Sandbox;

beforeEach(() => {
  sandbox = new Sandbox(['/state', '/tmp', '/log']);
  sandbox.program('vault', VAULT);
  sandbox.write('/log/mode', 'fresh\n');
  sandbox.write('/log/path', CREATION_PATH);
  sandbox.write('/state/wrapped', TOKEN);
});

afterEach(() => {
  sandbox.remove();
});

const login = () =>
  sandbox.run(['sh', '-c', LOGIN_SCRIPT, 'login', 'proxy'], {
    ROLE_ID: 'role-id',
    CREATION_PATH,
    CONFIG: '{"listener":[]}',
  });

test('it opens the wrapped SecretID, keeps it for root alone, and becomes Vault Proxy', async () => {
  const { code, output } = await login();

  expect(output).toContain('opened a new SecretID');
  expect(output).toContain(`started proxy -config=${sandbox.path('/tmp/config.json')}`);
  expect(code).toBe(0);
  expect(sandbox.read('/log/used')).toBe(SECRET_ID);
  expect(sandbox.read('/tmp/role_id')).toBe('role-id');
  expect(sandbox.read('/tmp/config.json')).toBe('{"listener":[]}');
  expect(statSync(sandbox.path('/state')).mode & 0o777).toBe(0o700);
  for (const file of ['/state/secret_id', '/tmp/role_id', '/tmp/config.json'])
    expect(statSync(sandbox.path(file)).mode & 0o777).toBe(0o600);
});

test('no secret is on a command line, where every process of the host could read it', async () => {
  await login();
  const commands = sandbox.read('/log/arguments') ?? '';
  expect(commands.split('\n').length).toBeGreaterThan(2);
  expect(commands).not.toContain('sentinel');
});

test('after a restart the SecretID that it has is used, and nothing is opened again', async () => {
  await login();
  sandbox.write('/log/arguments', '');
  sandbox.write('/log/mode', 'unreachable\n');

  const { code, output } = await login();

  expect(code).toBe(0);
  expect(output).not.toContain('ALARM');
  expect(sandbox.read('/log/arguments')).toMatch(/^proxy -config=/);
  expect(sandbox.read('/log/used')).toBe(SECRET_ID);
});

test('a token that it opened itself may come back: its carrier was made anew', async () => {
  await login();
  sandbox.write('/state/wrapped', TOKEN);
  expect(await login()).toEqual({ code: 0, output: expect.not.stringContaining('ALARM') as string });
});

test('a new token replaces the SecretID', async () => {
  sandbox.write('/state/secret_id', 'old');
  sandbox.write('/state/spent', createHash('sha256').update('earlier token').digest('hex'));
  expect((await login()).output).toContain('opened a new SecretID');
  expect(sandbox.read('/log/used')).toBe(SECRET_ID);
});

describe.each([
  [
    'made by somebody else',
    () => {
      sandbox.write('/log/path', 'sys/wrapping/wrap');
    },
    'was made by sys/wrapping/wrap, not by',
  ],
  [
    'spent or expired',
    () => {
      sandbox.write('/log/mode', 'spent\n');
    },
    'has expired, or somebody opened it before',
  ],
] as const)('a token that was %s', (_, arrange, alarm) => {
  test('raises an alarm, and without a SecretID it does not start', async () => {
    arrange();
    const { code, output } = await login();
    expect(output).toContain(`ALARM the wrapped SecretID ${alarm}`);
    expect(code).toBe(3);
    expect(sandbox.read('/state/secret_id')).toBeUndefined();
    expect(sandbox.read('/log/arguments')).not.toMatch(/^(unwrap|proxy)/m);
  });

  test('raises an alarm, and does not take the SecretID away that it has', async () => {
    arrange();
    sandbox.write('/state/secret_id', 'the one before');
    const { code, output } = await login();
    expect(output).toContain(`ALARM the wrapped SecretID ${alarm}`);
    expect(code).toBe(0);
    expect(sandbox.read('/log/used')).toBe('the one before');
  });
});

test('when Vault is out of reach it fails, to be started again, and says why', async () => {
  sandbox.write('/log/mode', 'unreachable\n');
  const { code, output } = await login();
  expect(code).toBe(1);
  expect(output).toContain('connection refused');
  expect(output).not.toContain('ALARM');
});

test('an unwrapping that fails leaves the SecretID that it has', async () => {
  sandbox.write('/state/secret_id', 'the one before');
  sandbox.write('/log/unwrap-fails', '');
  const { code, output } = await login();
  expect(code).toBe(1);
  expect(output).toContain('connection reset');
  expect(sandbox.read('/state/secret_id')).toBe('the one before');
  expect(sandbox.read('/state/spent')).toBeUndefined();
});
