import type { X509Certificate } from 'node:crypto';

/** How a certificate hangs together with the authorities that are trusted. */
export interface Chain {
  /** The certificate and the intermediates that lead to a trusted authority, without a self-signed root. */
  readonly presented: readonly X509Certificate[];
  /** Every authority on the way, the last one in the truststore. */
  readonly authorities: readonly X509Certificate[];
}

/**
 * The way from a certificate to a root of the truststore; undefined when there is none.
 *
 * @param given intermediates that came with the certificate
 */
export function chainOf(
  certificate: X509Certificate,
  given: readonly X509Certificate[],
  truststore: readonly X509Certificate[],
  now = new Date(),
): Chain | undefined {
  const authorities = wayUp(certificate, [...truststore, ...given], truststore, now, []);
  if (authorities === undefined) return undefined;
  const presented = [certificate, ...authorities].filter((one) => one === certificate || !isRoot(one));
  return { presented, authorities };
}

/** Depth first: an authority may have several certificates, and only one of them lead to the root. */
function wayUp(
  certificate: X509Certificate,
  candidates: readonly X509Certificate[],
  truststore: readonly X509Certificate[],
  now: Date,
  passed: readonly X509Certificate[],
): X509Certificate[] | undefined {
  for (const authority of candidates) {
    if (!authority.ca || !isCurrent(authority, now) || passed.includes(authority)) continue;
    if (!certificate.checkIssued(authority) || !certificate.verify(authority.publicKey)) continue;
    if (isRoot(authority)) {
      if (truststore.some((trusted) => trusted.fingerprint256 === authority.fingerprint256))
        return [authority];
      continue;
    }
    const rest = wayUp(authority, candidates, truststore, now, [...passed, authority]);
    if (rest !== undefined) return [authority, ...rest];
  }
  return undefined;
}

export function isCurrent(certificate: X509Certificate, now: Date): boolean {
  return new Date(certificate.validFrom) <= now && now < new Date(certificate.validTo);
}

function isRoot(certificate: X509Certificate): boolean {
  return certificate.checkIssued(certificate) && certificate.verify(certificate.publicKey);
}
