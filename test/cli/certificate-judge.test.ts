import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { ExtendedKeyUsage, Pkcs10CertificateRequest } from '../../cli/certificates/x509';
import { judgeCertificate } from '../../cli/certificates/judge-certificate';
import { newSigningRequest } from '../../cli/certificates/signing-request';
import { fingerprintOf } from '../../cli/certificates/fingerprint';
import { type Issued, TestAuthority, type Wanted } from './support/authority';

const HOST = 'nuts-acme.care.nl';
const HOUR = 3_600_000;

let root: TestAuthority;
let intermediate: TestAuthority;
let stranger: TestAuthority;

beforeAll(async () => {
  root = await TestAuthority.create('Root');
  intermediate = await root.intermediate('Intermediate');
  stranger = await TestAuthority.create('Stranger');
});

const parse = (...pems: string[]) => pems.map((pem) => new X509Certificate(pem));

function judge(
  issued: Issued,
  more: { given?: readonly string[]; truststore?: readonly string[]; hosts?: readonly string[] } = {},
) {
  return judgeCertificate({
    certificates: parse(issued.certificate, ...(more.given ?? [])),
    hosts: more.hosts ?? [HOST],
    truststore: parse(...(more.truststore ?? [root.pem])),
  });
}

test('a good one has no faults, and its chain comes in order without the root', async () => {
  const issued = await intermediate.issue({ hosts: [HOST] });
  const { faults, chain } = judge(issued, { given: [root.pem, intermediate.pem] });
  expect(faults).toEqual([]);
  expect(chain?.presented.map(({ subject }) => subject)).toEqual([`CN=${HOST}`, 'CN=Intermediate']);
});

test('an intermediate of the truststore completes a chain that came without it', async () => {
  const issued = await intermediate.issue({ hosts: [HOST] });
  expect(judge(issued).faults).toEqual([expect.stringContaining('no intermediates came with it')]);
  const { faults, chain } = judge(issued, { truststore: [root.pem, intermediate.pem] });
  expect(faults).toEqual([]);
  expect(chain?.presented).toHaveLength(2);
});

const FAULTY: [string, Wanted, RegExp][] = [
  [
    'another host',
    { hosts: ['nuts-beta.care.nl'] },
    /not for nuts-acme.care.nl: its names are nuts-beta.care.nl/,
  ],
  ['a host that only begins alike', { hosts: [`${HOST}.evil.nl`] }, /not for nuts-acme/],
  ['no names but the common one', { hosts: [] }, /it names no hosts/],
  [
    'a date in the past',
    { hosts: [HOST], from: new Date(Date.now() - 9 * HOUR), until: new Date(Date.now() - HOUR) },
    /it expired on/,
  ],
  ['a date in the future', { hosts: [HOST], from: new Date(Date.now() + HOUR) }, /not valid before/],
  ['use for servers alone', { hosts: [HOST], usages: [ExtendedKeyUsage.serverAuth] }, /not for clients/],
  ['use for clients alone', { hosts: [HOST], usages: [ExtendedKeyUsage.clientAuth] }, /not for servers/],
  ['no use at all', { hosts: [HOST], usages: [] }, /not for servers/],
  ["an authority's power", { hosts: [HOST], authority: true }, /it is an authority's certificate/],
];

test.each(FAULTY)('with %s it is refused', async (_, wanted, message) => {
  const { faults, chain } = judge(await root.issue(wanted));
  expect(faults).toContainEqual(expect.stringMatching(message));
  expect(chain).toBeUndefined();
});

test('of another authority it is refused, whatever came with it', async () => {
  const issued = await stranger.issue({ hosts: [HOST] });
  expect(judge(issued).faults).toEqual([expect.stringContaining('issued by CN=Stranger')]);
  expect(judge(issued, { given: [stranger.pem] }).faults).toHaveLength(1);
});

test('an authority of the same name with another key signed nothing', async () => {
  const issued = await (await TestAuthority.create('Root')).issue({ hosts: [HOST] });
  expect(judge(issued).faults).toEqual([expect.stringContaining('leads to no authority')]);
});

test('one that another certificate signed, which is no authority, leads nowhere', async () => {
  const leaf = await root.issue({ hosts: [HOST] });
  const forged = await intermediate.issue({ hosts: [HOST] });
  expect(judge(forged, { given: [leaf.certificate] }).faults).toHaveLength(1);
});

test('for several hosts each is asked for', async () => {
  const issued = await root.issue({ hosts: [HOST, 'nuts-beta.care.nl'] });
  expect(judge(issued, { hosts: [HOST, 'nuts-beta.care.nl'] }).faults).toEqual([]);
  expect(judge(issued, { hosts: [HOST, 'nuts-gamma.care.nl'] }).faults).toEqual([
    expect.stringContaining('not for nuts-gamma.care.nl'),
  ]);
});

test('a request names host and organisation, and is signed with the key that it is called after', async () => {
  const made = await newSigningRequest([HOST], {
    organisation: 'Acme, "Care" + Sons',
    serialNumber: '00000003123456780000',
    country: 'NL',
  });
  const issued = await root.issue({ hosts: [HOST], csr: made.csr });
  const [certificate] = parse(issued.certificate);
  const publicKey = createPublicKey(createPrivateKey(made.privateKey));
  expect(fingerprintOf(publicKey)).toBe(made.fingerprint);
  expect(certificate && fingerprintOf(certificate.publicKey)).toBe(made.fingerprint);
  expect(publicKey.asymmetricKeyDetails?.modulusLength).toBe(3072);
  const request = new Pkcs10CertificateRequest(made.csr);
  expect(await request.verify()).toBe(true);
  expect(request.subjectName.toJSON()).toEqual([
    { C: ['NL'] },
    { O: ['Acme, "Care" + Sons'] },
    { '2.5.4.5': ['00000003123456780000'] },
    { CN: [HOST] },
  ]);
  expect(made.csr).not.toContain('PRIVATE');
});
