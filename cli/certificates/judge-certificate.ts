import type { X509Certificate } from 'node:crypto';
import * as x509 from './x509';
import { oneLine } from '../../stacks/config/certificate-checks';
import { type Chain, chainOf } from './certificate-chain';

export interface Question {
  /** The certificate, and the intermediates that came with it. */
  readonly certificates: readonly X509Certificate[];
  readonly hosts: readonly string[];
  readonly truststore: readonly X509Certificate[];
  readonly now?: Date;
}

const SERVER = '1.3.6.1.5.5.7.3.1';
const CLIENT = '1.3.6.1.5.5.7.3.2';
const MINIMAL_RSA_BITS = 2048;

/** Everything that would make other nodes, or the node itself, refuse a certificate; and its chain when there is nothing. */
export function judgeCertificate(question: Question): { faults: string[]; chain?: Chain } {
  const { certificates, hosts, truststore, now = new Date() } = question;
  const [certificate, ...given] = certificates;
  if (certificate === undefined) return { faults: ['it holds no certificate'] };
  const chain = chainOf(certificate, given, truststore, now);
  const faults = [
    ...hosts
      .filter((host) => !namesHost(certificate, host))
      .map((host) => `it is not for ${host}: ${namesOf(certificate)}`),
    ...dateFaults(certificate, now),
    ...(certificate.ca ? ["it is an authority's certificate, not a node's"] : []),
    ...usageFaults(certificate),
    ...keyFaults(certificate),
    ...(chain ? [] : [chainFault(certificate, given)]),
  ];
  return { faults, ...(chain && faults.length === 0 && { chain }) };
}

/** Exactly, or by a wildcard, among its alternative names: Go, in which nodes are written, heeds no common name. */
function namesHost(certificate: X509Certificate, host: string): boolean {
  return certificate.checkHost(host, { subject: 'never', partialWildcards: false }) !== undefined;
}

function namesOf({ subjectAltName }: X509Certificate): string {
  return subjectAltName === undefined
    ? 'it names no hosts'
    : `its names are ${subjectAltName.replaceAll('DNS:', '')}`;
}

function dateFaults({ validFrom, validTo }: X509Certificate, now: Date): string[] {
  if (new Date(validFrom) > now) return [`it is not valid before ${validFrom}`];
  return new Date(validTo) <= now ? [`it expired on ${validTo}`] : [];
}

function usageFaults(certificate: X509Certificate): string[] {
  // `keyUsage` of Node.js is the extended one.
  const extended = (certificate.keyUsage as string[] | undefined) ?? [];
  const usages = new x509.X509Certificate(certificate.raw).getExtension(x509.KeyUsagesExtension)?.usages;
  return [
    ...(extended.includes(SERVER) ? [] : ['it is not for servers (extended key usage serverAuth)']),
    ...(extended.includes(CLIENT)
      ? []
      : ['it is not for clients (extended key usage clientAuth), and a node is both']),
    ...(usages !== undefined && (usages & x509.KeyUsageFlags.digitalSignature) === 0
      ? ['it may not sign (key usage digitalSignature)']
      : []),
  ];
}

function keyFaults(certificate: X509Certificate): string[] {
  const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey;
  const bits = asymmetricKeyDetails?.modulusLength ?? 0;
  return asymmetricKeyType === 'rsa' && bits < MINIMAL_RSA_BITS ? [`its key has ${bits} bits`] : [];
}

function chainFault(certificate: X509Certificate, given: readonly X509Certificate[]): string {
  const last = given.at(-1) ?? certificate;
  return `it leads to no authority in network.truststore: it was issued by ${oneLine(certificate.issuer)}${
    given.length > 0
      ? `, and what came with it ends at ${oneLine(last.issuer)}`
      : ', and no intermediates came with it'
  }`;
}
