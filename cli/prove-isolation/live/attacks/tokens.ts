import { generateKeyPairSync } from 'node:crypto';
import {
  type Attempt,
  type AttackGroup,
  blocked,
  type Duel,
  notRun,
  succeeded,
  type Verdict,
} from '../attack';
import { API_PATH, clientKey, goodToken } from './api-token';
import {
  type Claims,
  ed25519,
  embeddedKey,
  forge,
  type Forgery,
  goodClaims,
  keyConfusion,
  rsa,
  unsigned,
} from './forged-tokens';
import { rawRequest, request } from './raw-request';

const DAY = 24 * 60 * 60;

/** Calls another tenant's API from an address that may, with every token but a good one. */
export const TOKENS: AttackGroup = {
  name: 'tokens',
  harmless: false,

  controls: (duel) => [
    {
      id: 'own',
      description: 'calling the API with a good token',
      run: async () => call(duel, await goodToken(duel.to)),
    },
  ],

  attacks: (duel) => {
    const { from, to } = duel;
    return [
      attempt(duel, 'none-given', 'no token', () => undefined),
      attempt(duel, 'theirs', "a token for the attacker's own API", () => goodToken(from)),
      attempt(duel, 'their-key', "the attacker's key, with the right audience", () =>
        goodToken(from, to.hosts.api),
      ),
      attempt(duel, 'other-audience', "the right key, with the attacker's API as audience", () =>
        goodToken(to, from.hosts.api),
      ),
      attempt(duel, 'their-key-right-kid', "the attacker's key under the name of the right one", async () => {
        const { client, kid } = await clientKey(to);
        const { key } = await clientKey(from);
        return forge(ed25519(key, kid), goodClaims(client.name, to.hosts.api));
      }),
      attempt(duel, 'changed', 'a good token whose claims were changed after it was signed', async () => {
        const [header, , signature] = (await goodToken(to, from.hosts.api)).split('.');
        const [, claims] = (await goodToken(to)).split('.');
        return [header, claims, signature].join('.');
      }),
      ...wrongClaims(duel),
      ...wrongSignatures(duel),
      attempt(duel, 'basic', 'a password instead of a token', () => undefined, 'Basic YWRtaW46YWRtaW4='),
      attempt(duel, 'nonsense', 'nonsense instead of a token', () => 'e30.e30.'),
    ];
  },
};

function wrongClaims(duel: Duel): Attempt[] {
  const now = Math.floor(Date.now() / 1000);
  const { from, to } = duel;
  const variants: [string, string, Claims][] = [
    ['expired', 'that has expired', { iat: now - 1200, nbf: now - 1200, exp: now - 600 }],
    ['not-yet', 'that is not valid yet', { nbf: now + 3600, exp: now + 7200 }],
    ['too-long', 'that is good for two days', { exp: now + 2 * DAY }],
    ['for-ever', 'that never expires', { exp: undefined }],
    ['no-issue-time', 'that does not say when it was made', { iat: undefined }],
    ['no-start', 'that does not say from when it is good', { nbf: undefined }],
    ['no-id', 'without an id', { jti: undefined }],
    ['no-audience', 'for nobody', { aud: undefined }],
    [
      'prefix-audience',
      'whose audience only begins like the right one',
      { aud: `${to.hosts.api}.example.org` },
    ],
    ['url-audience', 'whose audience is a URL', { aud: `https://${to.hosts.api}` }],
    ['other-issuer', 'of a client that does not exist', { iss: 'intruder', sub: 'intruder' }],
    ['no-issuer', 'without an issuer', { iss: undefined }],
    ['no-subject', 'without a subject', { sub: undefined }],
    ['tenant-audience', 'for the attacker’s public host', { aud: from.publicHost }],
  ];
  return variants.map(([id, what, claims]) =>
    attempt(duel, id, `a token of the right key ${what}`, async () => {
      const { client, key, kid } = await clientKey(to);
      return forge(ed25519(key, kid), { ...goodClaims(client.name, to.hosts.api), ...claims });
    }),
  );
}

function wrongSignatures(duel: Duel): Attempt[] {
  const variants: [string, string, (publicKey: string, kid: string) => Forgery][] = [
    ...['none', 'None', 'NONE', ''].map((alg): [string, string, (_: string, kid: string) => Forgery] => [
      `alg-${alg || 'empty'}`,
      `with the algorithm "${alg}"`,
      (_, kid) => unsigned(alg, kid),
    ]),
    ['alg-EdDSA-unsigned', 'with no signature', (_, kid) => unsigned('EdDSA', kid)],
    ['rs256', 'signed with RS256', (_, kid) => rsa('RS256', kid)],
    ['ps256', 'signed with PS256', (_, kid) => rsa('PS256', kid)],
    ['key-confusion', 'signed with HS256 and the public key', keyConfusion],
    ['embedded-key', 'that brings its key along', (_, kid) => embeddedKey(kid)],
    [
      'new-key',
      'of a key that nobody knows',
      () => ed25519(generateKeyPairSync('ed25519').privateKey, 'intruder'),
    ],
  ];
  return variants.map(([id, what, forgery]) =>
    attempt(duel, id, `a token ${what}`, async () => {
      const { client, kid } = await clientKey(duel.to);
      return forge(forgery(client.publicKey, kid), goodClaims(client.name, duel.to.hosts.api));
    }),
  );
}

function attempt(
  duel: Duel,
  id: string,
  what: string,
  token: () => string | undefined | Promise<string | undefined>,
  authorization?: string,
): Attempt {
  return {
    id,
    description: `calling the API of ${duel.to.names.id} with ${what}`,
    run: async () => call(duel, await token(), authorization),
  };
}

async function call(
  { surroundings: { proxy }, to: { hosts } }: Duel,
  token: string | undefined,
  authorization = token === undefined ? undefined : `Bearer ${token}`,
): Promise<Verdict> {
  const headers: Record<string, string> = authorization === undefined ? {} : { Authorization: authorization };
  const { statuses, error } = await rawRequest(proxy, hosts.api, request(API_PATH, hosts.api, headers));
  const [status] = statuses;
  if (status === undefined) return notRun(error ?? 'no answer');
  return [400, 401, 403].includes(status) ? blocked(`the node answered ${status}`) : judge(status);
}

function judge(status: number): Verdict {
  // A proxy that finds no node says nothing about the node's own check.
  if (status >= 500 || status === 404) return notRun(`the proxy answered ${status}`);
  return succeeded(`the node answered ${status}`);
}
