import { SHARED_CERTIFICATE_RISKS } from '../../../lib';
import { TestAuthority } from '../../cli/support/authority';
import { ACME, load, PLATFORM, problemsOf, PRODUCTION } from './fixture';
import { CERTIFICATE } from './keys';

const NUTS = ACME.replace('[web]', '[web, nuts]');
const TRUST = `network:\n  truststore: |\n${CERTIFICATE.trim().replaceAll(/^/gm, '    ')}\n`;
const files = (platform: string, tenant: string) => ({
  'platform.yaml': platform,
  'tenants/acme.yaml': tenant,
});
const certificateOf = (platform: string, tenant: string) =>
  load(files(platform, tenant)).tenants[0]?.certificate;

test('without a word it is the tenant’s own in production, and the platform’s in development', () => {
  expect(certificateOf(PLATFORM, NUTS)).toEqual({ source: 'platform-ca' });
  expect(certificateOf(`${PRODUCTION}${TRUST}`, NUTS)).toEqual({ source: 'own' });
  expect(certificateOf(PLATFORM, ACME)).toBeUndefined();
});

test('a shared one keeps what it was accepted with', () => {
  const shared = `${NUTS}certificate: { source: shared, acceptRisks: '${SHARED_CERTIFICATE_RISKS}', outboundPerMinute: 5 }\n`;
  expect(certificateOf(`${PLATFORM}${TRUST}`, shared)).toEqual({
    source: 'shared',
    acceptRisks: SHARED_CERTIFICATE_RISKS,
    outboundPerMinute: 5,
  });
});

const PROBLEMS: [string, string, string, string, RegExp][] = [
  [
    'a source that is none',
    `${PLATFORM}${TRUST}`,
    '{ source: owned }',
    'certificate.source',
    /did you mean own/,
  ],
  [
    'shared without a word',
    `${PLATFORM}${TRUST}`,
    '{ source: shared }',
    'certificate.source',
    /exactly this sentence: If this certificate is blocked/,
  ],
  [
    'shared with other words',
    `${PLATFORM}${TRUST}`,
    '{ source: shared, acceptRisks: fine }',
    'certificate.acceptRisks',
    /exactly this sentence/,
  ],
  [
    'an acceptance of nothing',
    `${PLATFORM}${TRUST}`,
    '{ source: own, acceptRisks: fine }',
    'certificate.acceptRisks',
    /only goes with source: shared/,
  ],
  [
    'a limit of nothing',
    PLATFORM,
    '{ source: platform-ca, outboundPerMinute: 5 }',
    'certificate.outboundPerMinute',
    /only goes with source: shared/,
  ],
  [
    'own without a truststore',
    PLATFORM,
    '{ source: own }',
    'certificate.source',
    /needs to know whose certificates to trust/,
  ],
  [
    'the platform’s in production',
    `${PRODUCTION}${TRUST}`,
    '{ source: platform-ca }',
    'certificate.source',
    /is not for production/,
  ],
];

test.each(PROBLEMS)('%s is refused', (_, platform, certificate, key, message) => {
  const found = problemsOf(files(platform, `${NUTS}certificate: ${certificate}\n`));
  expect(found.map((problem) => [problem.file, problem.key])).toEqual([['tenants/acme.yaml', key]]);
  expect(`${found[0]?.message ?? ''} ${found[0]?.remedy ?? ''}`).toMatch(message);
  expect(found[0]?.line).toBeGreaterThan(5);
});

test('production without a truststore is told once, and not for a tenant that has no use for one', () => {
  expect(problemsOf(files(PRODUCTION, NUTS)).map(({ remedy }) => remedy)).toEqual([
    expect.stringContaining('add network.truststore'),
  ]);
  expect(problemsOf(files(PRODUCTION, ACME))).toEqual([]);
  expect(problemsOf(files(PRODUCTION, `${NUTS}state: removed\n`))).toEqual([]);
});

test('did:web has no node-to-node certificate', () => {
  const [problem] = problemsOf(files(PLATFORM, `${ACME}certificate: { source: platform-ca }\n`));
  expect(problem?.message).toBe('is of no use: only did:nuts has node-to-node certificates');
});

test.each([
  ['nonsense', /not made of certificates in PEM/],
  ['-----BEGIN PRIVATE KEY-----\n    MC4C\n    -----END PRIVATE KEY-----', /holds a PRIVATE KEY/],
])('a truststore of %j is refused', (pem, message) => {
  const [problem] = problemsOf(files(`${PLATFORM}network:\n  truststore: |\n    ${pem}\n`, ACME));
  expect(problem).toMatchObject({ file: 'platform.yaml', key: 'network.truststore' });
  expect(problem?.message).toMatch(message);
});

test('a certificate that is no authority’s is refused in a truststore', async () => {
  const authority = await TestAuthority.create('Network');
  const { certificate } = await authority.issue({ hosts: ['nuts-acme.care.nl'] });
  const pem = `${authority.pem}${certificate}`.replaceAll(/^(?=.)/gm, '    ');
  const [problem] = problemsOf(files(`${PLATFORM}network:\n  truststore: |\n${pem}`, ACME));
  expect(problem).toMatchObject({ file: 'platform.yaml', key: 'network.truststore' });
  expect(problem?.message).toBe("holds a certificate that is no authority's: CN=nuts-acme.care.nl");
});

test.each(['ftp://crl.care.nl/root.crl', 'http://user:word@crl.care.nl/', ''])(
  'a list at %j is refused',
  (url) => {
    const [problem] = problemsOf(files(`${PLATFORM}network:\n  revocationLists: ['${url}']\n`, ACME));
    expect(problem).toMatchObject({ file: 'platform.yaml', key: 'network.revocationLists.0' });
  },
);
