import type { X509Certificate } from 'node:crypto';
import { sharedCertificateProblem, type CertificateSource } from '../../lib/certificate/certificate-source';
import type { CertificateConfig } from './certificate-config';
import { certificatesOf } from './pem';
import type { PlatformParts } from './platform-config';
import type { TenantParts } from './tenant-config';
import type { YamlSource } from './yaml-source';

type Environment = 'development' | 'production';

/** Checks what a tenant says of its certificate, with what its platform trusts. */
export function checkCertificate(
  { source: file, parts }: { source: YamlSource; parts: TenantParts },
  platform: PlatformParts,
): void {
  const { certificate } = parts;
  const isOfNetwork = parts.release === 'v5.4' || parts.didMethods?.includes('nuts') === true;
  if (certificate && parts.didMethods && !isOfNetwork) {
    file.report(['certificate'], 'is of no use: only did:nuts has node-to-node certificates', 'take it out');
    return;
  }
  if (certificate) checkShared(certificate, file);
  const { environment, network } = platform;
  const source = certificate?.source ?? (environment && defaultSource(environment));
  if (!isOfNetwork || source === undefined || parts.state === 'removed') return;
  if (source === 'platform-ca') {
    if (environment === 'production')
      file.report(
        ['certificate', 'source'],
        "is not for production: no node outside trusts the platform's own authority",
        'use source: own, and order a certificate with nuts-saas certificates request',
      );
  } else if (network !== undefined && network.truststore === undefined)
    file.report(
      certificate ? ['certificate', 'source'] : ['id'],
      `needs to know whose certificates to trust: this tenant's certificate is ${source === 'own' ? 'its own' : 'shared'}`,
      'add network.truststore to platform.yaml, with the authorities of the network as PEM; or certificate: { source: platform-ca } while developing',
    );
}

/** What a truststore may not hold: PEM is right, but it isn't an authority. */
export function checkTruststore({ network }: PlatformParts, source: YamlSource): void {
  const { truststore } = network ?? {};
  if (truststore === undefined) return;
  const wrong = certificatesOf(truststore).find(({ ca }) => !ca);
  if (wrong !== undefined)
    source.report(
      ['network', 'truststore'],
      `holds a certificate that is no authority's: ${oneLine(wrong.subject)}`,
      'list the root and the intermediates of the network, and nothing else',
      { hideValue: true },
    );
}

/** Where a tenant's certificate comes from, with defaults. */
export function completeCertificate(
  certificate: CertificateConfig | undefined,
  environment: Environment,
): CertificateSource {
  const { source = defaultSource(environment), acceptRisks = '', outboundPerMinute } = certificate ?? {};
  if (source !== 'shared') return { source };
  return { source, acceptRisks, ...(outboundPerMinute && { outboundPerMinute }) };
}

/** A name as a certificate writes it, on one line. */
export function oneLine(name: X509Certificate['subject']): string {
  return name.split('\n').join(', ');
}

function defaultSource(environment: Environment): CertificateConfig['source'] {
  return environment === 'production' ? 'own' : 'platform-ca';
}

function checkShared(certificate: CertificateConfig, file: YamlSource): void {
  const { source, acceptRisks, outboundPerMinute } = certificate;
  if (source === 'shared') {
    const problem = sharedCertificateProblem(acceptRisks);
    if (problem !== undefined)
      file.report(
        ['certificate', acceptRisks === undefined ? 'source' : 'acceptRisks'],
        `is refused: ${problem}`,
        'use source: own, or accept these risks word by word',
        { hideValue: true },
      );
    return;
  }
  if (acceptRisks !== undefined)
    file.report(['certificate', 'acceptRisks'], 'only goes with source: shared', 'take it out', {
      hideValue: true,
    });
  if (outboundPerMinute !== undefined)
    file.report(['certificate', 'outboundPerMinute'], 'only goes with source: shared', 'take it out');
}
