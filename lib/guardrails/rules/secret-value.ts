import type { Rule, Sighting } from '../rule';
import type { Json, JsonObject, StackJson } from '../stack-json';

const FORMS = [
  /PRIVATE KEY-----/,
  // Tokens of Vault: service, batch and recovery, and those of older releases.
  /\bhv[sbr]\.\w{8}/,
  /\b[sbr]\.[A-Za-z0-9]{24}\b/,
  /\beyJ[\w-]+\.eyJ/,
  /\b(AKIA|ASIA)[A-Z0-9]{16}\b/,
  /\bgh[pousr]_[A-Za-z0-9]{36}/,
  /\bxox[abprs]-[\w-]{10}/,
  /AGE-SECRET-KEY-1/,
  // A name and password in an address.
  /:\/\/[^/\s:@]*:(?!\$\{)[^/\s@]+@/,
];
const NAMED =
  /(^|_)(password|passwd|secret|token|private_key|secret_key|access_key|api_?key|conn_str)(_wo)?$/i;

export const secretValue: Rule = {
  id: 'secret-value',
  severity: 'error',
  cause: 'Something in a stack looks like a secret, or is the value of a setting for one.',
  why: "It is in the synthesised files, in the plan and in Terraform's state, for everybody who reads them.",
  remedy:
    'let Vault make it, or write it into Vault by the command line; then change it, since it has been seen',
  sightings: ({ stacks }) => stacks.flatMap((stack) => sightingsIn(stack)),
};

function sightingsIn(stack: StackJson): Sighting[] {
  const parts = [
    ...[...stack.resources(), ...stack.dataSources()].map((at) => ({ at, values: at.values })),
    ...Object.entries(stack.json)
      .filter(([key]) => key !== 'resource' && key !== 'data' && key !== '//')
      .map(([at, values]) => ({ at, values })),
  ];
  return parts.flatMap(({ at, values }) => {
    const place = placesIn(values)[0];
    return place === undefined ? [] : [{ stack, at, what: `${place} holds what looks like a secret` }];
  });
}

/** Dotted places of what looks secret; never the values. */
function placesIn(value: Json, place: readonly string[] = []): string[] {
  if (typeof value === 'string') return isSecret(value, place.at(-1) ?? '') ? [place.join('.') || 'it'] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value as JsonObject).flatMap(([key, part]) =>
    key === '//' ? [] : placesIn(part, [...place, key]),
  );
}

function isSecret(value: string, key: string): boolean {
  if (FORMS.some((form) => form.test(value))) return true;
  return NAMED.test(key) && value !== '' && !/^\$\{[^}]*\}$/.test(value);
}
