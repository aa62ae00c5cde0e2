import { z } from 'zod';
import { SHARED_CERTIFICATE_RISKS } from '../../lib/certificate/certificate-source';

export const CERTIFICATE_SOURCES = ['own', 'platform-ca', 'shared'] as const;

/** Where a tenant's node-to-node certificate comes from. */
export const certificate = z
  .strictObject({
    source: z
      .enum(CERTIFICATE_SOURCES)
      .describe(
        "own: ordered for this tenant, with nuts-saas certificates request. platform-ca: from the platform's own authority, for development and test networks. shared: one for several tenants.",
      ),
    acceptRisks: z
      .string()
      .exactOptional()
      .describe(`For source: shared, exactly this sentence: ${SHARED_CERTIFICATE_RISKS}`),
    outboundPerMinute: z
      .int()
      .min(1)
      .max(10_000)
      .exactOptional()
      .describe(
        'For source: shared: how many connections to other nodes the tenant may open in a minute. Without it: 60.',
      ),
  })
  .describe(
    'The certificate with which a node of did:nuts meets other nodes. Without it: own in production, platform-ca in development.',
  );

export type CertificateConfig = z.output<typeof certificate>;
