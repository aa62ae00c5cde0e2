import { SHARED_CERTIFICATE_RISKS } from '../../../lib';
import { environmentOf, mountedVolumes, uploadsOf } from '../../contract/support/containers';
import { textOf } from '../../contract/support/stack-json';
import { CERTIFICATE } from '../../stacks/config/keys';
import { tenantStack } from '../support/tenant';
import { capabilities } from '../support/vault-policy';

const NETWORK = { truststore: CERTIFICATE };
const LISTS = { ...NETWORK, revocationLists: ['http://crl.care.nl/root.crl'] };
const SHARED = { source: 'shared', acceptRisks: SHARED_CERTIFICATE_RISKS } as const;

type Stack = ReturnType<typeof tenantStack>;
const policyOf = (stack: Stack) =>
  stack.literal(textOf(stack.resource('vault_policy', 'certificate/identity/policy').values.policy));
const nodeOf = (stack: Stack) => stack.resource('docker_container', 'node/container/Resource');
const templatesOf = (stack: Stack) =>
  stack.literal(
    environmentOf(stack.resource('docker_container', 'certificate/sidecar/container/Resource')).CONFIG ?? '',
  );
const paths = (stack: Stack) => stack.resources().map(({ path }) => path);

describe('of its own', () => {
  const stack = tenantStack({ certificate: { source: 'own' } }, NETWORK);

  test('its sidecar reads the certificate and its keys, and nothing else of the tenant’s secrets', () => {
    const policy = policyOf(stack);
    expect(capabilities(policy, 'tenants/acme/data/certificates/node')).toEqual(['read']);
    expect(capabilities(policy, 'tenants/acme/data/certificates/keys/ab12')).toEqual(['read']);
    for (const path of [
      'tenants/acme/data/certificates/pending',
      'tenants/acme/data/certificates/keys/ab12/more',
      'tenants/acme/metadata/certificates/keys',
      'tenants/acme/data/database',
      'tenants/beta/data/certificates/node',
      'tenants/acme-b/data/certificates/node',
      'nuts-shared/data/certificates/node',
      'nuts-pki/issue/nuts-acme',
    ])
      expect([path, capabilities(policy, path)]).toEqual([path, []]);
  });

  test('there is no role at the platform’s authority', () => {
    expect(stack.resources('vault_pki_secret_backend_role')).toEqual([]);
  });

  test('the node trusts the network’s authorities, and not the platform’s', () => {
    expect(environmentOf(nodeOf(stack)).NUTS_TLS_TRUSTSTOREFILE).toBe('/etc/nuts/network-authorities.pem');
    const files = uploadsOf(stack.resource('docker_container', 'node/config/Resource'));
    expect(files['/files/network-authorities.pem']).toBe(CERTIFICATE);
  });

  test('the node-to-node host of v6 is routed only where revocation can be checked', () => {
    expect(paths(stack).filter((path) => path.includes('/n2n/'))).toEqual([]);
    const guarded = tenantStack({ certificate: { source: 'own' } }, LISTS);
    const guard = guarded.resource('docker_container', 'n2n/container/Resource');
    expect(mountedVolumes(guarded, guard)).toEqual([
      { volume: 'nuts-acme-n2n-config', target: '/etc/nuts-n2n', readOnly: true },
      { volume: 'nuts-acme-certificate-files', target: '/run/nuts-certificate', readOnly: true },
      { volume: 'nuts-acme-revocation-files', target: '/run/revocation', readOnly: true },
    ]);
    const files = uploadsOf(guarded.resource('docker_container', 'n2n/config/Resource'));
    expect(files['/files/truststore.pem']).toBe(CERTIFICATE);
    expect(files['/files/haproxy.cfg']).toMatch(/verify required .*crl-file \/run\/revocation\/crl\.pem/);
    const route = guarded.resource('docker_container', 'carrier/Resource');
    expect(environmentOf(route).ROUTE).toContain('10.81.0.19:8443');
  });

  test('v5.4 checks its callers itself', () => {
    const old = tenantStack({ certificate: { source: 'own' }, release: 'v5.4', didMethods: ['nuts'] }, LISTS);
    expect(paths(old).filter((path) => /\/(n2n|revocation)\//.test(path))).toEqual([]);
    expect(environmentOf(old.resource('docker_container', 'carrier/Resource')).ROUTE).toContain(
      '10.81.0.18:8443',
    );
  });

  test('it needs to know whom to trust', () => {
    expect(() => tenantStack({ certificate: { source: 'own' } })).toThrow(
      "tenant acme: with a certificate that is not the platform's own, the platform needs a truststore",
    );
  });

  test('no text of the configuration is a template of Terraform', () => {
    const trap = tenantStack({ certificate: { source: 'own' } }, { truststore: '${file("/etc/passwd")}' });
    const files = uploadsOf(trap.resource('docker_container', 'node/config/Resource'));
    expect(files['/files/network-authorities.pem']).toBe('$${file("/etc/passwd")}');
  });
});

describe('shared', () => {
  test('is read from the platform’s mount, and says how much its node may call', () => {
    const stack = tenantStack({ certificate: SHARED }, NETWORK);
    expect(capabilities(policyOf(stack), 'nuts-shared/data/certificates/node')).toEqual(['read']);
    expect(capabilities(policyOf(stack), 'tenants/acme/data/certificates/node')).toEqual([]);
    expect(templatesOf(stack)).toContain('nuts-shared/data/certificates/node');
  });

  test.each(['', 'yes', SHARED_CERTIFICATE_RISKS.slice(0, -1)])('is refused with %j', (acceptRisks) => {
    expect(() => tenantStack({ certificate: { source: 'shared', acceptRisks } }, NETWORK)).toThrow(
      `tenant acme: a shared certificate needs acceptRisks with exactly this sentence: ${SHARED_CERTIFICATE_RISKS}`,
    );
  });
});

describe('from the platform', () => {
  test('the guard of v6 gets the authority’s own list of revoked certificates', () => {
    const stack = tenantStack({}, LISTS);
    expect(templatesOf(stack)).toContain('nuts-pki/cert/crl');
    expect(paths(stack).filter((path) => path.includes('/revocation/'))).toEqual([]);
    expect(environmentOf(nodeOf(stack)).NUTS_TLS_TRUSTSTOREFILE).toBe('/etc/nuts/platform-authority.pem');
  });

  test('v5.4, which needs none of it, is as it was', () => {
    const old = tenantStack({ release: 'v5.4', didMethods: ['nuts'] });
    expect(templatesOf(old)).not.toMatch(/crl|template_config/);
    expect(capabilities(policyOf(old), 'nuts-pki/cert/crl')).toEqual([]);
  });
});
