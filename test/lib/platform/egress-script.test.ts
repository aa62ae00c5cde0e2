import { EGRESS_SCRIPT } from '../../../lib/platform/egress-script';
import { Sandbox, type Ended } from '../support/sandbox';

// A kernel with one table, in files.
const NFT = `
case "$*" in
  "-f -") sed 1,2d > /kernel/table; echo placed >> /kernel/times ;;
  *"list table ip nuts_egress") cat /kernel/table 2>/dev/null ;;
  "list set ip nuts_egress "*) cat "/kernel/$5" 2>/dev/null; rm -f "/kernel/$5" ;;
  "delete table ip nuts_egress") rm /kernel/table ;;
esac
`;
const RULES = 'table ip nuts_egress {\n  ip daddr { @NAMESERVERS@ } udp dport 53 accept\n}';
const ENVIRONMENT = { TABLE: 'nuts_egress', RULES };

let sandbox: Sandbox;
let ended: Promise<Ended>;
let stop: () => void;

const table = () => sandbox.read('/kernel/table') ?? '';
const run = (verb: string) => sandbox.run(['sh', '-c', EGRESS_SCRIPT, 'egress', verb], ENVIRONMENT);
const placedTimes = () => (sandbox.read('/kernel/times') ?? '').split('\n').length - 1;

beforeEach(async () => {
  sandbox = new Sandbox(['/kernel', '/tmp', '/etc']);
  sandbox.program('nft', NFT);
  sandbox.write(
    '/etc/resolv.conf',
    'search care.nl\nnameserver 127.0.0.53\nnameserver 10.0.0.2\nnameserver fe80::1\nnameserver 192.0.2.3\n',
  );
  const started = sandbox.start(['sh', '-c', EGRESS_SCRIPT, 'egress', 'keep'], ENVIRONMENT);
  ended = started.ended;
  stop = () => started.child.kill('SIGTERM');
  await sandbox.until(() => sandbox.read('/tmp/placed') === table() && table() !== '');
});
afterEach(() => {
  sandbox.remove();
});

test('the rules are placed, with the resolvers that a container can ask', async () => {
  expect(table()).toContain('ip daddr { 10.0.0.2,192.0.2.3 } udp dport 53 accept');
  expect((await run('check')).code).toBe(0);
});

test.each([
  ['changed', 'table ip nuts_egress {\n}\n'],
  ['gone', ''],
])('rules that are %s are seen, and placed again with an alarm', async (_, instead) => {
  sandbox.write('/kernel/table', instead);
  await sandbox.until(() => placedTimes() > 1);
  expect(table()).toContain('udp dport 53');
  stop();
  expect((await ended).output).toContain('ALARM the rules were changed or gone');
});

test('what was refused, and who goes over the limit, is told once', async () => {
  sandbox.write(
    '/kernel/refused',
    'elements = { 10.81.0.18 . 10.0.0.9 counter packets 2 bytes 120 expires 9m,\n\t10.81.0.34 . 169.254.169.254 counter packets 1 bytes 60 expires 9m }\n',
  );
  sandbox.write('/kernel/limited', 'elements = { 10.81.0.18 counter packets 7 bytes 420 expires 9m }\n');
  await sandbox.until(() => sandbox.read('/kernel/limited') === undefined);
  stop();
  expect((await ended).output.split('\n').slice(1)).toEqual([
    'refused: from and to 10.81.0.18 . 10.0.0.9 (2 packets)',
    'refused: from and to 10.81.0.34 . 169.254.169.254 (1 packets)',
    'ALARM over the limit of outbound connections: 10.81.0.18 (7 packets)',
    '',
  ]);
});

test('the rules stay when it ends, and come with it again', async () => {
  const before = table();
  stop();
  expect((await ended).code).toBe(0);
  expect(table()).toBe(before);
});

test('removed rules stay away', async () => {
  expect((await run('remove')).code).toBe(0);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(table()).toBe('');
  expect((await run('check')).code).not.toBe(0);
});
