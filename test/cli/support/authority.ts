import { KeyObject, webcrypto } from 'node:crypto';
import * as x509 from '../../../cli/certificates/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY = 24 * 60 * 60 * 1000;
const crypto = webcrypto as Crypto;

export interface Wanted {
  readonly hosts: readonly string[];
  /** A request's key. @default - a new one */
  readonly csr?: string;
  readonly from?: Date;
  readonly until?: Date;
  /** @default - for servers and clients */
  readonly usages?: readonly x509.ExtendedKeyUsage[];
  readonly authority?: boolean;
}

export interface Issued {
  readonly certificate: string;
  /** PKCS #8; empty when the certificate was asked for by a request. */
  readonly key: string;
  readonly serial: string;
}

/** A certificate authority in memory, for tests. */
export class TestAuthority {
  private constructor(
    private readonly certificate: x509.X509Certificate,
    private readonly keys: CryptoKeyPair,
  ) {}

  static async create(name: string): Promise<TestAuthority> {
    const keys = await newKeys();
    const certificate = await x509.X509CertificateGenerator.createSelfSigned(
      {
        name: [{ CN: [name] }],
        notBefore: new Date(Date.now() - DAY),
        notAfter: new Date(Date.now() + 365 * DAY),
        keys,
        signingAlgorithm: ALGORITHM,
        extensions: await authorityExtensions(keys.publicKey),
      },
      crypto,
    );
    return new TestAuthority(certificate, keys);
  }

  get pem(): string {
    return `${this.certificate.toString('pem')}\n`;
  }

  async intermediate(name: string): Promise<TestAuthority> {
    const keys = await newKeys();
    const certificate = await this.sign(keys.publicKey, [{ CN: [name] }], {
      extensions: await authorityExtensions(keys.publicKey),
    });
    return new TestAuthority(certificate, keys);
  }

  async issue(wanted: Wanted): Promise<Issued> {
    const {
      hosts,
      csr,
      usages = [x509.ExtendedKeyUsage.serverAuth, x509.ExtendedKeyUsage.clientAuth],
    } = wanted;
    const keys = csr === undefined ? await newKeys() : undefined;
    const publicKey = keys?.publicKey ?? new x509.Pkcs10CertificateRequest(csr ?? '').publicKey;
    const certificate = await this.sign(publicKey, [{ CN: [hosts[0] ?? 'none'] }], {
      ...(wanted.from && { notBefore: wanted.from }),
      ...(wanted.until && { notAfter: wanted.until }),
      extensions: [
        new x509.BasicConstraintsExtension(wanted.authority ?? false, undefined, true),
        wanted.authority
          ? new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyCertSign)
          : new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        ...(usages.length > 0 ? [new x509.ExtendedKeyUsageExtension([...usages])] : []),
        ...(hosts.length > 0
          ? [
              new x509.SubjectAlternativeNameExtension(
                hosts.map((value) => ({ type: 'dns' as const, value })),
              ),
            ]
          : []),
      ],
    });
    return {
      certificate: `${certificate.toString('pem')}\n`,
      key: keys === undefined ? '' : pemOf(keys.privateKey),
      serial: certificate.serialNumber,
    };
  }

  /** PEM of what it revoked. */
  async revocationList(serials: readonly string[], until = new Date(Date.now() + 30 * DAY)): Promise<string> {
    const list = await x509.X509CrlGenerator.create(
      {
        issuer: this.certificate.subject,
        thisUpdate: new Date(Date.now() - DAY),
        nextUpdate: until,
        entries: serials.map((serialNumber) => ({
          serialNumber,
          revocationDate: new Date(Date.now() - 1000),
        })),
        signingAlgorithm: ALGORITHM,
        signingKey: this.keys.privateKey,
      },
      crypto,
    );
    // As everybody but this library calls it.
    return `${list.toString('pem').replaceAll(/(BEGIN|END) CRL/g, '$1 X509 CRL')}\n`;
  }

  private sign(
    publicKey: CryptoKey | x509.PublicKey,
    subject: x509.JsonName,
    more: Partial<x509.X509CertificateCreateParams>,
  ): Promise<x509.X509Certificate> {
    return x509.X509CertificateGenerator.create(
      {
        subject,
        issuer: this.certificate.subjectName,
        notBefore: new Date(Date.now() - DAY / 2),
        notAfter: new Date(Date.now() + 90 * DAY),
        publicKey,
        signingKey: this.keys.privateKey,
        signingAlgorithm: ALGORITHM,
        ...more,
      },
      crypto,
    );
  }
}

async function authorityExtensions(publicKey: CryptoKey): Promise<x509.Extension[]> {
  return [
    new x509.BasicConstraintsExtension(true, undefined, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    await x509.SubjectKeyIdentifierExtension.create(publicKey, false, crypto),
  ];
}

function newKeys(): Promise<CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

function pemOf(key: CryptoKey): string {
  const object = KeyObject.from(key);
  return object.export({ format: 'pem', type: 'pkcs8' }).toString();
}
