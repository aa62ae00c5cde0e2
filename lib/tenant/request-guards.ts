import type { ApiGuards } from './api-access';
import type { RequestLimit } from './traffic-limits';

export type Section = Record<string, unknown>;

/**
 * Headers that only a proxy may set, or that ask a back end to read a request in another way than the proxy did. Traefik itself
 * replaces what is called X-Forwarded-… and X-Real-Ip; these it would pass on.
 */
export const CLIENTS_MAY_NOT_SET = [
  // A client certificate as one or another proxy hands it on; v5.4 of the node reads the first where TLS is offloaded.
  'X-SSL-CERT',
  'SSL-Client-Cert',
  'X-SSL-Client-Cert',
  'X-Client-Cert',
  'Client-Cert',
  'Client-Cert-Chain',
  'X-Forwarded-Client-Cert',
  'X-Forwarded-Tls-Client-Cert',
  'X-Forwarded-Tls-Client-Cert-Info',
  // The address of a client.
  'Forwarded',
  'True-Client-Ip',
  'X-Client-Ip',
  'X-Cluster-Client-Ip',
  'Cf-Connecting-Ip',
  // Another method, path or host.
  'X-Http-Method',
  'X-Http-Method-Override',
  'X-Method-Override',
  'X-Original-Url',
  'X-Original-Uri',
  'X-Original-Method',
  'X-Original-Host',
  'X-Rewrite-Url',
  'X-Forwarded-Path',
  'X-Forwarded-Scheme',
  'X-Forwarded-Ssl',
  'X-Envoy-Original-Path',
  'X-Host',
  // Who calls, as a service like a forward-auth would say it.
  'Remote-User',
  'X-Remote-User',
  'X-Forwarded-User',
] as const;

/** A header that is always empty behind `cleanHeaders`, so that all requests count as one sender's. */
const NO_SENDER = 'X-Client-Ip';

/** Takes out what clients may not set, for all hosts of a tenant; an empty value is how Traefik spells that. */
export function cleanHeaders(tenant: string): { name: string; middleware: Section } {
  return {
    name: `${tenant}-clean-headers`,
    middleware: {
      headers: { customRequestHeaders: Object.fromEntries(CLIENTS_MAY_NOT_SET.map((name) => [name, ''])) },
    },
  };
}

/** A budget for each address: one that sends too much finds no answer, and the others do. */
export function rate({ average, burst }: RequestLimit): Section {
  return { rateLimit: { average, burst, period: '1s', sourceCriterion: { ipStrategy: { depth: 0 } } } };
}

/**
 * One budget for the host, whoever calls. Traefik's own default counts per Host header as it was written, and a host can be
 * written in many ways (with one port or another), each with a budget of its own. So it must come after `cleanHeaders`.
 */
export function concurrency({ concurrent }: RequestLimit): Section {
  return { inFlightReq: { amount: concurrent, sourceCriterion: { requestHeaderName: NO_SENDER } } };
}

/** Lets only these addresses in, as the connection shows them and not as a header says. */
export function allowList(addresses: readonly string[]): Section {
  return { ipAllowList: { sourceRange: [...addresses] } };
}

/** Asks a service about each request. Only an answer of its own that says yes lets a request through: silence doesn't. */
export function forwardAuth(address: string): Section {
  return { forwardAuth: { address, trustForwardHeader: false, maxResponseBodySize: 65_536 } };
}

/** TLS of a host that shows nothing to a client without a certificate of one of these authorities. */
export function demandClientCertificate({ clientCertificateAuthority }: ApiGuards): Section | undefined {
  return clientCertificateAuthority === undefined
    ? undefined
    : {
        minVersion: 'VersionTLS12',
        sniStrict: true,
        clientAuth: {
          caFiles: [clientCertificateAuthority],
          clientAuthType: 'RequireAndVerifyClientCert',
        },
      };
}
