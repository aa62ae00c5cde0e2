import { isSilent } from '../../../../lib/guardrails/knowledge/silence';
import { StackJson, type Json } from '../../../../lib/guardrails';
import { LOGIN_SCRIPT } from '../../../../lib/vault/login-script';

/** A stack with one container that is looked at, and others. */
function silent(container: Record<string, Json>, others: Record<string, Json>[] = []): boolean {
  const all = [container, ...others].map((one, index) => [`c${index}`, one]);
  const stack = new StackJson('care', { resource: { docker_container: Object.fromEntries(all) as Json } });
  const [first] = stack.resources('docker_container');
  if (first === undefined) throw new Error('there is no container');
  return isSilent(stack, first);
}

function sidecar(config: object, script = LOGIN_SCRIPT) {
  return { entrypoint: ['sh', '-c', script, 'login', 'proxy'], env: [`CONFIG=${JSON.stringify(config)}`] };
}

const UNIX = { unix: { address: '/run/vault/vault.sock' } };

test.each([
  ['on a unix socket', [UNIX], true],
  ['on nothing', [], true],
  ['on a port', [{ tcp: { address: ':8100' } }], false],
  ['on both', [UNIX, { tcp: { address: '127.0.0.1:8100' } }], false],
])('a sidecar of Vault that listens %s', (_, listener, expected) => {
  expect(silent(sidecar({ listener }))).toBe(expected);
});

test('a sidecar with another script may do anything', () => {
  expect(silent(sidecar({ listener: [UNIX] }, `${LOGIN_SCRIPT}\nnc -l 80`))).toBe(false);
});

const mount = (target: string, readOnly: boolean) => ({
  type: 'volume',
  source: 'config',
  target,
  read_only: readOnly,
});
const haproxy = (readOnly = true) => ({
  command: ['haproxy', '-f', '/etc/tunnel/haproxy.cfg'],
  mounts: [mount('/etc/tunnel', readOnly)],
});
const carrier = (file: string) => ({
  start: false,
  mounts: [mount('/files', false)],
  upload: [{ file: '/files/haproxy.cfg', content: file }],
});
const TUNNEL =
  'frontend node\n  bind unix@/run/redis.sock mode 660\nfrontend health\n  bind 127.0.0.1:8404\n';

test('a HAProxy is silent when its file binds to sockets and the loopback address only', () => {
  expect(silent(haproxy(), [carrier(TUNNEL)])).toBe(true);
});

test.each([
  ['a port', haproxy(), [carrier(`${TUNNEL}  bind :80\n`)]],
  ['an address', haproxy(), [carrier(TUNNEL.replace('127.0.0.1', '0.0.0.0'))]],
  ['one of two', haproxy(), [carrier(TUNNEL.replace('127.0.0.1:8404', '127.0.0.1:8404,:80'))]],
  ['a file that it can write to', haproxy(false), [carrier(TUNNEL)]],
  ['two files', haproxy(), [carrier(TUNNEL), carrier(TUNNEL)]],
  ['no file', haproxy(), []],
  [
    'a second file',
    { ...haproxy(), command: [...haproxy().command, '-f', '/tmp/other.cfg'] },
    [carrier(TUNNEL)],
  ],
])('not with %s', (_, container, others) => {
  expect(silent(container, others)).toBe(false);
});

test('what nobody knows is taken to listen', () => {
  expect(silent({ image: 'web:1.0' })).toBe(false);
});
