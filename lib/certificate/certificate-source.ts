/** Where the certificate comes from with which a node meets other nodes. */
export type CertificateSource =
  /** From the platform's own authority: development and test networks. */
  | { readonly source: 'platform-ca' }
  /** Ordered for this tenant alone, and imported into its own mount of Vault. */
  | { readonly source: 'own' }
  /** One for several tenants, imported once for all. */
  | {
      readonly source: 'shared';
      /** {@link SHARED_CERTIFICATE_RISKS}, word by word. */
      readonly acceptRisks: string;
      /**
       * How many connections to other nodes a tenant may open in a minute: a node that goes wild gets the certificate of all blocked.
       * @default 60
       */
      readonly outboundPerMinute?: number;
    };

/** What somebody accepts who lets tenants share a certificate. */
export const SHARED_CERTIFICATE_RISKS =
  'If this certificate is blocked or revoked, all tenants that share it are cut off at once; any of them can pose as the node of another; and its key is in the container of each.';

/** Connections to other nodes that a tenant with a shared certificate may open in a minute, when nobody says another number. */
export const SHARED_OUTBOUND_PER_MINUTE = 60;

/** Says why a shared certificate isn't accepted yet; undefined when it is. */
export function sharedCertificateProblem(acceptRisks: string | undefined): string | undefined {
  return acceptRisks === SHARED_CERTIFICATE_RISKS
    ? undefined
    : `a shared certificate needs acceptRisks with exactly this sentence: ${SHARED_CERTIFICATE_RISKS}`;
}
