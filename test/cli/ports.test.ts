import { parseSocketTable, refuseTakenPorts } from '../../cli/ports';
import type { Project } from '../../cli/project';
import { UserError } from '../../cli/user-error';
import { load, PLATFORM, PRODUCTION } from '../stacks/config/fixture';

const project = (platform: string): Project => ({
  ...load({ 'platform.yaml': platform, 'tenants/': '' }),
  directory: '/project',
});
const NOBODY = new Set<string>();

const TCP = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:2008 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1
   1: 00000000:01BB 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 2
   2: 0100007F:1F90 0100007F:C000 01 00000000:00000000 00:00000000 00000000     0        0 3
`;
const TCP6 = `  sl  local_address                         remote_address                        st
   0: 00000000000000000000000000000000:15B3 00000000000000000000000000000000:0000 0A 00000000:00000000
   1: 0000000000000000FFFF00000100500A:0016 00000000000000000000000000000000:0000 0A 00000000:00000000
`;

test("Linux's table of sockets: who listens, and where", () => {
  expect(parseSocketTable(TCP)).toEqual([
    { address: '127.0.0.1', port: 8200 },
    { address: '0.0.0.0', port: 443 },
  ]);
  expect(parseSocketTable(TCP6)).toEqual([
    { address: '0.0.0.0', port: 5555 },
    { address: '10.80.0.1', port: 22 },
  ]);
  expect(parseSocketTable('')).toEqual([]);
});

test.each([
  ['the address of the proxy', '10.80.0.1', 443, 'port 443 on 10.80.0.1', 'proxy.httpsPort or proxy.address'],
  ['every address', '0.0.0.0', 5555, 'port 5555 on 10.80.0.1', 'proxy.grpcPort or proxy.address'],
  ['the health check', '127.0.0.1', 8079, 'port 8079 on 127.0.0.1', 'proxy.pingPort'],
  ["Vault's port", '127.0.0.1', 8200, 'port 8200 on 127.0.0.1', 'vault.port'],
])('somebody who listens on %s is in the way', (_, address, port, what, key) => {
  const attempt = () => {
    refuseTakenPorts(project(PLATFORM), NOBODY, [{ address, port }]);
  };
  expect(attempt).toThrow(UserError);
  expect(attempt).toThrow(`${what} is in use by another program`);
  expect(attempt).toThrow(`change ${key} in platform.yaml`);
});

test.each([
  ['another address', '127.0.0.1', 443],
  ['another port', '10.80.0.1', 8443],
])('somebody who listens on %s is not', (_, address, port) => {
  expect(() => {
    refuseTakenPorts(project(PLATFORM), NOBODY, [{ address, port }]);
  }).not.toThrow();
});

test('containers of the platform that run may hold their own ports, and only theirs', () => {
  const both = [
    { address: '10.80.0.1', port: 443 },
    { address: '127.0.0.1', port: 8200 },
  ];
  const running = new Set(['nuts-platform-proxy', 'nuts-platform-vault']);
  expect(() => {
    refuseTakenPorts(project(PLATFORM), running, both);
  }).not.toThrow();
  expect(() => {
    refuseTakenPorts(project(PLATFORM), new Set(['nuts-platform-proxy']), both);
  }).toThrow('vault.port');
  expect(() => {
    refuseTakenPorts(project(`${PLATFORM}name: other\n`), running, both);
  }).toThrow('port 443');
});

test("with a Vault of somebody else nothing of this machine is Vault's", () => {
  expect(() => {
    refuseTakenPorts(project(PRODUCTION), NOBODY, [{ address: '127.0.0.1', port: 8200 }]);
  }).not.toThrow();
});
