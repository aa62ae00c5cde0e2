import { generateKeyPairSync, webcrypto } from 'node:crypto';
import * as x509 from './x509';
import { fingerprintOf } from './fingerprint';

/** What a certificate says of the organisation behind a host, beside its name. */
export interface Organisation {
  readonly organisation?: string;
  readonly unit?: string;
  readonly locality?: string;
  readonly state?: string;
  readonly country?: string;
  /** The number by which a register knows the organisation, such as PKIoverheid's OIN. */
  readonly serialNumber?: string;
}

export interface SigningRequest {
  /** PEM. */
  readonly csr: string;
  /** PKCS #8 in PEM. */
  readonly privateKey: string;
  readonly fingerprint: string;
}

// RSA, since authorities of PKIoverheid take nothing else; 3072 bits are good beyond any certificate's end.
const ALGORITHM = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
const BITS = 3072;
const SERIAL_NUMBER = '2.5.4.5';

/** A new key, and the request to sign its public half for some hosts. The key is in memory alone. */
export async function newSigningRequest(
  hosts: readonly string[],
  organisation: Organisation,
): Promise<SigningRequest> {
  const pair = generateKeyPairSync('rsa', { modulusLength: BITS });
  const { subtle } = webcrypto;
  const keys = {
    privateKey: await subtle.importKey(
      'pkcs8',
      pair.privateKey.export({ format: 'der', type: 'pkcs8' }),
      ALGORITHM,
      false,
      ['sign'],
    ),
    publicKey: await subtle.importKey(
      'spki',
      pair.publicKey.export({ format: 'der', type: 'spki' }),
      ALGORITHM,
      true,
      ['verify'],
    ),
  };
  const request = await x509.Pkcs10CertificateRequestGenerator.create(
    {
      name: subject(hosts[0] ?? '', organisation),
      keys,
      signingAlgorithm: ALGORITHM,
      extensions: [
        new x509.SubjectAlternativeNameExtension(hosts.map((value) => ({ type: 'dns' as const, value }))),
        new x509.KeyUsagesExtension(
          x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyEncipherment,
          true,
        ),
        new x509.ExtendedKeyUsageExtension([
          x509.ExtendedKeyUsage.serverAuth,
          x509.ExtendedKeyUsage.clientAuth,
        ]),
      ],
    },
    webcrypto as Crypto,
  );
  return {
    csr: `${request.toString('pem')}\n`,
    privateKey: pair.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    fingerprint: fingerprintOf(pair.publicKey),
  };
}

// As objects: a plain text would be read as the notation in which names are written, quotes and all.
function subject(commonName: string, given: Organisation): x509.Name {
  const { country, state, locality, organisation, unit, serialNumber } = given;
  const parts: [string, string | undefined, 'utf8String' | 'printableString'][] = [
    ['C', country, 'printableString'],
    ['ST', state, 'utf8String'],
    ['L', locality, 'utf8String'],
    ['O', organisation, 'utf8String'],
    ['OU', unit, 'utf8String'],
    [SERIAL_NUMBER, serialNumber, 'printableString'],
    ['CN', commonName, 'utf8String'],
  ];
  return new x509.Name(
    parts.flatMap(([type, value, kind]) => (value === undefined ? [] : [{ [type]: [{ [kind]: value }] }])),
  );
}
