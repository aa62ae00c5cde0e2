import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK } from 'jose';
import type { Party, PartyClient } from '../party';
import { ed25519, forge, goodClaims } from './forged-tokens';

/** What reads, changes nothing, and answers 200 to whoever is let in. */
export const API_PATH = '/internal/vdr/v2/subject';

/** The key of a decoy's client, and how tokens name it. */
export async function clientKey({
  client,
}: Party): Promise<{ client: PartyClient; key: KeyObject; kid: string }> {
  if (client === undefined) throw new Error('nobody signs as a real tenant');
  const key = createPrivateKey(client.privateKey);
  const kid = await calculateJwkThumbprint(await exportJWK(createPublicKey(key)), 'sha256');
  return { client, key, kid };
}

/** A token that the node of its owner takes. */
export async function goodToken(owner: Party, audience = owner.hosts.api): Promise<string> {
  const { client, key, kid } = await clientKey(owner);
  return forge(ed25519(key, kid), goodClaims(client.name, audience));
}
