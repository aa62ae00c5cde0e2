import { routeFiles, routes, type Settings } from '../knowledge/routes';
import type { Rule, Sighting } from '../rule';

const WEAK =
  /VersionTLS1[01]"|"insecureSkipVerify":true|RequestClientCert|RequireAnyClientCert|VerifyClientCertIfGiven/;

export const proxyTls: Rule = {
  id: 'proxy-tls',
  severity: 'error',
  cause:
    'A route takes requests without TLS, or its TLS is weaker than version 1.2 with certificates that are checked.',
  why: 'Tokens and data about patients could be read or changed on their way.',
  remedy:
    'give the router tls, minVersion VersionTLS12, and RequireAndVerifyClientCert where clients show certificates',
  sightings: ({ stacks }) => [
    ...routes(stacks)
      .filter(({ tls }) => tls === undefined)
      .map(({ stack, carrier, router }) => ({ stack, at: carrier, what: `router ${router} has no TLS` })),
    ...routeFiles(stacks).flatMap(({ stack, carrier, content }): Sighting[] =>
      content !== undefined && isWeak(content)
        ? [{ stack, at: carrier, what: 'its TLS options are weak' }]
        : [],
    ),
  ],
};

function isWeak({ tls, http }: Settings): boolean {
  return WEAK.test(JSON.stringify([tls, http]));
}
