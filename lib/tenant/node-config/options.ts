import { DOCUMENTED_OPTIONS } from './documented-options';

/** Why an option of the node can't be set by hand, and what to set instead when there is something. */
export interface OptionRefusal {
  readonly reason: string;
  readonly instead?: string;
}

/** Names of options; `.*` stands for every option under a name. */
const REFUSED: Readonly<Record<string, OptionRefusal>> = {
  strictmode: { reason: 'a node that others rely on runs in strict mode' },
  url: { reason: 'the proxy and the DIDs follow the url', instead: "set the tenant's url" },
  'auth.publicurl': { reason: 'the proxy and the DIDs follow the url', instead: "set the tenant's url" },
  didmethods: {
    reason: 'certificates and ports follow the DID methods',
    instead: "set the tenant's didMethods",
  },
  datadir: { reason: "backups look for the node's data where the library puts them" },
  configfile: { reason: 'the library writes the configuration, and says where it is' },
  cpuprofile: { reason: 'a profile of a running node shows what it works on' },
  internalratelimiter: { reason: 'it keeps one tenant from flooding the network that all share' },
  'http.*': {
    reason: 'the addresses and the guards of its API keep tenants apart',
    instead: "set the tenant's api",
  },
  'tls.*': { reason: "the node's certificate is issued and renewed for it" },
  'crypto.*': { reason: 'the place of the private keys keeps tenants apart' },
  'storage.*': { reason: 'the place of the data keeps tenants apart' },
  'events.*': {
    reason: 'its message server has no authentication, so it listens on the loopback address only',
  },
  'network.grpcaddr': { reason: "the proxy's route to the node follows it" },
  'network.enabletls': { reason: 'nodes recognise one another by TLS' },
  'network.disablenodeauthentication': { reason: 'nodes recognise one another by TLS' },
  'network.certfile': { reason: "the node's certificate is issued and renewed for it" },
  'network.certkeyfile': { reason: "the node's certificate is issued and renewed for it" },
  'network.truststorefile': { reason: "the node's certificate is issued and renewed for it" },
  'network.bootstrapnodes': {
    reason: 'tenants join one network',
    instead: "set the platform's network.bootstrapNodes",
  },
  'pki.denylist.*': { reason: 'tenants heed one list', instead: "set the platform's network.denylist" },
  'tracing.insecure': { reason: 'traces tell about patients, and travel encrypted or not at all' },
};

const SECRET = /(token|password|secret|connection)$/;

/** Says why an option of the node, such as `http.log`, can't be set by hand; undefined when it can. */
export function nodeOptionRefusal(key: string): OptionRefusal | undefined {
  const parts = key.split('.');
  const beginnings = parts.map((_, index) => parts.slice(0, index + 1).join('.'));
  // A key below an option, such as `strictmode.x`, would put a group in the option's place.
  const name = beginnings
    .flatMap((beginning) => [beginning, `${beginning}.*`])
    .find((candidate) => Object.hasOwn(REFUSED, candidate));
  if (name !== undefined) return REFUSED[name];
  if (SECRET.test(key))
    return {
      reason: "it is a secret, which would end up in Terraform's state and the container's environment",
    };
  // A text in the place of a group takes the whole group's options away, those of the library included.
  const options = [...Object.values(DOCUMENTED_OPTIONS).flat(), ...Object.keys(REFUSED)];
  if (options.some((option) => option.startsWith(`${key}.`)))
    return { reason: 'it is a group of options', instead: `name one of its options, as ${key}.<option>` };
  return undefined;
}

/** Like {@link nodeOptionRefusal}, in one sentence. */
export function nodeOptionProblem(key: string): string | undefined {
  const refusal = nodeOptionRefusal(key);
  return refusal === undefined ? undefined : [refusal.reason, refusal.instead].filter(Boolean).join('; ');
}
