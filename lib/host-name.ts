const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

// Refused by the node in strict mode: core/url.go of nuts-node v6.2.
const RESERVED_TOP_LEVEL = [
  'corp',
  'example',
  'home',
  'host',
  'invalid',
  'lan',
  'local',
  'localdomain',
  'localhost',
  'test',
];
const RESERVED_DOMAINS = ['example.com', 'example.net', 'example.org'];

/** Says why a Nuts node in strict mode, or DNS, refuses a host name; undefined when it is fine. */
export function hostNameProblem(host: string): string | undefined {
  const labels = host.split('.');
  if (host.length > 253 || !labels.every((label) => LABEL.test(label)))
    return 'it is not a host name in lower case';
  if (labels.length < 2) return 'it needs at least two labels, such as care.internal';
  const topLevel = labels.at(-1) ?? '';
  // Whatever comes before it: browsers, and URL in Node.js, take a name that ends in a number for an IPv4 address.
  if (/^(\d+|0x[0-9a-f]*)$/.test(topLevel)) return 'it is an IP address, which strict mode refuses';
  if (RESERVED_TOP_LEVEL.includes(topLevel))
    return `strict mode of the Nuts node refuses names under .${topLevel}; .internal is free for private use`;
  const reserved = RESERVED_DOMAINS.find((domain) => host === domain || host.endsWith(`.${domain}`));
  if (reserved !== undefined) return `strict mode of the Nuts node refuses names under ${reserved}`;
  return undefined;
}
