export const API_METHODS = ['GET', 'POST', 'PUT', 'DELETE'] as const;
export type ApiMethod = (typeof API_METHODS)[number];

/**
 * Who needs an operation of the internal API: a program that works with records and people day by day, or whoever runs the node.
 *
 * Administrative is what makes, changes or deletes DIDs, their keys and services, whom the node trusts, what its wallet holds, and
 * whatever concerns the network. Signing is, too: with a DID's key at hand a document can be signed that changes that very DID.
 */
export type ApiRole = 'ordinary' | 'administrative';

/** The operations of a release, as its API's documentation writes them. One that isn't listed counts as administrative. */
export type ApiOperations = Readonly<Record<`${ApiMethod} /internal/${string}`, ApiRole>>;

/** A regular expression, in the syntax of Go, of the paths that ordinary clients need of a method; undefined when there are none. */
export function ordinaryPaths(operations: ApiOperations, method: ApiMethod): string | undefined {
  const paths = Object.entries(operations)
    .filter(([operation, role]) => role === 'ordinary' && operation.startsWith(`${method} `))
    .map(([operation]) => operation.slice(method.length + 1).replaceAll(/\{\w+\}/g, '[^/]+'));
  return paths.length > 0 ? `^(${paths.join('|')})$` : undefined;
}

/** What both releases have: docs/_static of nuts-node v5.4.37 and v6.2.10. */
export const COMMON_OPERATIONS = {
  'POST /internal/auth/v1/signature/session': 'ordinary',
  'GET /internal/auth/v1/signature/session/{sessionID}': 'ordinary',
  'PUT /internal/auth/v1/signature/verify': 'ordinary',
  'PUT /internal/auth/v1/contract/drawup': 'ordinary',
  'POST /internal/auth/v1/jwt-grant': 'ordinary',
  'POST /internal/auth/v1/request-access-token': 'ordinary',
  'POST /internal/auth/v1/accesstoken/introspect': 'ordinary',

  'POST /internal/crypto/v1/sign_jwt': 'administrative',
  'POST /internal/crypto/v1/sign_jws': 'administrative',
  'POST /internal/crypto/v1/encrypt_jwe': 'ordinary',
  'POST /internal/crypto/v1/decrypt_jwe': 'ordinary',

  'GET /internal/didman/v1/did/{did}/contactinfo': 'ordinary',
  'PUT /internal/didman/v1/did/{did}/contactinfo': 'administrative',
  'POST /internal/didman/v1/did/{did}/endpoint': 'administrative',
  'PUT /internal/didman/v1/did/{did}/endpoint/{type}': 'administrative',
  'DELETE /internal/didman/v1/did/{did}/endpoint/{type}': 'administrative',
  'GET /internal/didman/v1/did/{did}/compoundservice': 'ordinary',
  'POST /internal/didman/v1/did/{did}/compoundservice': 'administrative',
  'PUT /internal/didman/v1/did/{did}/compoundservice/{type}': 'administrative',
  'GET /internal/didman/v1/did/{did}/compoundservice/{compoundServiceType}/endpoint/{endpointType}':
    'ordinary',
  'DELETE /internal/didman/v1/service/{id}': 'administrative',
  'GET /internal/didman/v1/search/organizations': 'ordinary',

  'GET /internal/network/v1/transaction': 'administrative',
  'GET /internal/network/v1/transaction/{ref}': 'administrative',
  'GET /internal/network/v1/transaction/{ref}/payload': 'administrative',
  'GET /internal/network/v1/diagnostics/peers': 'administrative',
  'GET /internal/network/v1/diagnostics/graph': 'administrative',
  'GET /internal/network/v1/events': 'administrative',
  'GET /internal/network/v1/addressbook': 'administrative',
  'POST /internal/network/v1/reprocess': 'administrative',

  'GET /internal/vcr/v2/vc/{id}': 'ordinary',
  'POST /internal/vcr/v2/search': 'ordinary',
  'POST /internal/vcr/v2/issuer/vc': 'ordinary',
  'GET /internal/vcr/v2/issuer/vc/search': 'ordinary',
  'DELETE /internal/vcr/v2/issuer/vc/{id}': 'ordinary',
  'POST /internal/vcr/v2/verifier/vc': 'ordinary',
  'POST /internal/vcr/v2/verifier/vp': 'ordinary',
  'POST /internal/vcr/v2/verifier/trust': 'administrative',
  'DELETE /internal/vcr/v2/verifier/trust': 'administrative',
  'GET /internal/vcr/v2/verifier/{credentialType}/trusted': 'ordinary',
  'GET /internal/vcr/v2/verifier/{credentialType}/untrusted': 'ordinary',
  'POST /internal/vcr/v2/holder/vp': 'ordinary',

  'POST /internal/vdr/v1/did': 'administrative',
  'GET /internal/vdr/v1/did/conflicted': 'ordinary',
  'GET /internal/vdr/v1/did/{did}': 'ordinary',
  'PUT /internal/vdr/v1/did/{did}': 'administrative',
  'DELETE /internal/vdr/v1/did/{did}': 'administrative',
  'POST /internal/vdr/v1/did/{did}/verificationmethod': 'administrative',
  'DELETE /internal/vdr/v1/did/{did}/verificationmethod/{kid}': 'administrative',
} as const satisfies ApiOperations;

/** What v6 has beside that: subjects, a wallet, discovery services and OAuth2 of its own. */
export const V6_OPERATIONS: ApiOperations = {
  ...COMMON_OPERATIONS,

  'POST /internal/auth/v2/{subjectID}/request-service-access-token': 'ordinary',
  'POST /internal/auth/v2/{subjectID}/request-user-access-token': 'ordinary',
  // What it brings in ends up in the wallet.
  'POST /internal/auth/v2/{subjectID}/request-credential': 'administrative',
  'GET /internal/auth/v2/accesstoken/{sessionID}': 'ordinary',
  'POST /internal/auth/v2/accesstoken/introspect': 'ordinary',
  'POST /internal/auth/v2/accesstoken/introspect_extended': 'ordinary',
  'POST /internal/auth/v2/dpop/{kid}': 'ordinary',
  'POST /internal/auth/v2/dpop/validate': 'ordinary',

  'GET /internal/discovery/v1': 'ordinary',
  'GET /internal/discovery/v1/{serviceID}': 'ordinary',
  'GET /internal/discovery/v1/{serviceID}/{subjectID}': 'ordinary',
  'POST /internal/discovery/v1/{serviceID}/{subjectID}': 'administrative',
  'DELETE /internal/discovery/v1/{serviceID}/{subjectID}': 'administrative',

  'GET /internal/vcr/v2/holder/{subjectID}/vc': 'ordinary',
  'GET /internal/vcr/v2/holder/{subjectID}/vc/search': 'ordinary',
  'POST /internal/vcr/v2/holder/{subjectID}/vc': 'administrative',
  'DELETE /internal/vcr/v2/holder/{subjectID}/vc/{id}': 'administrative',

  'GET /internal/vdr/v2/did/{did}': 'ordinary',
  'GET /internal/vdr/v2/subject': 'ordinary',
  'POST /internal/vdr/v2/subject': 'administrative',
  'GET /internal/vdr/v2/subject/{id}': 'ordinary',
  'DELETE /internal/vdr/v2/subject/{id}': 'administrative',
  'GET /internal/vdr/v2/subject/{id}/service': 'ordinary',
  'POST /internal/vdr/v2/subject/{id}/service': 'administrative',
  'POST /internal/vdr/v2/subject/{id}/service/{serviceId}': 'administrative',
  'DELETE /internal/vdr/v2/subject/{id}/service/{serviceId}': 'administrative',
  'POST /internal/vdr/v2/subject/{id}/verificationmethod': 'administrative',
};
