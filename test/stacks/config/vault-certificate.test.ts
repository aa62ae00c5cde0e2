import { addStacks } from '../../../stacks/add-stacks';
import { environmentOf } from '../../contract/support/containers';
import { stackNamed, stacksOf, testApp } from '../../contract/support/synthesise';
import { ACME, load, PRODUCTION, problemsOf } from './fixture';
import { CERTIFICATE } from './keys';

const named = (file: string) => ({
  'platform.yaml': PRODUCTION.replace('192.0.2.0/24] }', `192.0.2.0/24], caCertificateFile: '${file}' }`),
  'tenants/acme.yaml': ACME,
});

test('the certificate reaches Terraform as a file of the project and sidecars as text', () => {
  const app = testApp();
  addStacks(app, load({ ...named('tls/vault-ca.pem'), 'tls/vault-ca.pem': CERTIFICATE }));
  const stack = stackNamed(stacksOf(app), 'tenant-acme');
  expect(JSON.stringify(stack.json.provider)).toContain('"ca_cert_file":"../../../tls/vault-ca.pem"');
  const sidecar = stack.resource('docker_container', 'vault-proxy/sidecar/container/Resource');
  expect(environmentOf(sidecar).VAULT_CACERT_BYTES).toBe(CERTIFICATE);
});

test.each([
  ['is absent', "can't be read", undefined],
  ['is no certificate', 'holds no certificate', 'hello'],
  ['is a private key', 'holds a private key', '-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----\n'],
])('a file that %s is refused', (_, message, content) => {
  const files = { ...named('vault-ca.pem'), ...(content !== undefined && { 'vault-ca.pem': content }) };
  expect(problemsOf(files)).toEqual([
    expect.objectContaining({
      file: 'platform.yaml',
      line: 6,
      key: 'vault.caCertificateFile',
      message: expect.stringContaining(message) as string,
    }),
  ]);
});

test('a path of one machine is refused', () => {
  expect(problemsOf(named('/etc/ssl/vault-ca.pem'))).toMatchObject([
    { message: expect.stringContaining('absolute') as string },
  ]);
});
