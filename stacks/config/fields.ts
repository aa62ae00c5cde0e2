import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { hostNameProblem } from '../../lib/host-name';

/** What is wrong with a value, and what to do about it. */
export interface Fault {
  readonly message: string;
  readonly remedy: string;
}

/** Text that a function judges. */
export function text(faultOf: (value: string) => Fault | undefined): z.ZodString {
  return z.string().check((context) => {
    const fault = faultOf(context.value);
    if (fault === undefined) return;
    const { message, remedy } = fault;
    context.issues.push({ code: 'custom', input: context.value, message, params: { remedy } });
  });
}

/** Text of one form. */
export function pattern(form: RegExp, message: string, remedy: string): z.ZodString {
  return text((value) => (form.test(value) ? undefined : { message, remedy }));
}

export function hostName(): z.ZodString {
  return text((host) => {
    const problem = hostNameProblem(host);
    return problem === undefined
      ? undefined
      : { message: `can't be used: ${problem}`, remedy: 'write a host name such as care.internal' };
  });
}

export function ipv4(): z.ZodString {
  return text((address) =>
    ipaddr.IPv4.isValidFourPartDecimal(address)
      ? undefined
      : { message: 'is not an IPv4 address', remedy: 'write it like 10.80.0.1' },
  );
}

export function port(): z.ZodInt {
  return z.int().min(1).max(65535);
}

/** An IPv4 subnet with a prefix length within bounds. */
export function subnet(shortest: number, longest: number): z.ZodString {
  return text((cidr) => {
    const fault = subnetFault(cidr);
    if (fault !== undefined) return fault;
    const prefix = Number(cidr.split('/')[1]);
    if (prefix >= shortest && prefix <= longest) return undefined;
    return {
      message: `has a prefix of /${prefix}`,
      remedy: `choose one from /${shortest} (large) to /${longest} (small)`,
    };
  });
}

/** An IPv4 address or subnet that requests may come from. One that is most of the internet guards nothing. */
export function source(): z.ZodString {
  return text((value) => {
    if (ipaddr.IPv4.isValidFourPartDecimal(value)) return undefined;
    if (Number(value.split('/')[1]) < 8)
      return { message: 'lets nearly everyone in', remedy: 'list the addresses that really need access' };
    return subnetFault(value);
  });
}

function subnetFault(cidr: string): Fault | undefined {
  if (!ipaddr.IPv4.isValidCIDRFourPartDecimal(cidr))
    return { message: 'is not an IPv4 subnet', remedy: 'write it like 10.81.0.16/28' };
  const [, prefix] = ipaddr.IPv4.parseCIDR(cidr);
  const start = `${ipaddr.IPv4.networkAddressFromCIDR(cidr).toString()}/${prefix}`;
  return start === cidr ? undefined : { message: 'is not the start of its subnet', remedy: `write ${start}` };
}

/** A URL without credentials. */
export function webAddress(
  schemes: readonly ('http' | 'https')[],
  extent: 'origin' | 'path' | 'any',
): z.ZodString {
  const example = {
    origin: 'https://vault.care.nl:8200',
    path: 'https://care.nl/path',
    any: 'https://care.nl/path?x=y',
  }[extent];
  return text((value) => {
    const scheme = schemes.find((allowed) => value.startsWith(`${allowed}://`));
    if (scheme === undefined || /[\s{}]/.test(value) || !URL.canParse(value))
      return { message: `is not an ${schemes.join(' or ')} URL`, remedy: `write it like ${example}` };
    const url = new URL(value);
    if (url.username !== '' || url.password !== '')
      return {
        message: 'holds credentials',
        remedy: 'take the name and password out, and change the password',
      };
    if (extent === 'origin' && (url.pathname !== '/' || value.endsWith('/')))
      return { message: 'has a path', remedy: `write it like ${example}` };
    if (extent !== 'any' && /[?#]/.test(value))
      return { message: 'has a query or fragment', remedy: `write it like ${example}` };
    return undefined;
  });
}

const IMAGE_PART = /[a-z0-9]+(?:[._-]+[a-z0-9]+)*/.source;
const IMAGE = new RegExp(
  `^(?:[a-z0-9.-]+(?::\\d+)?/)?${IMAGE_PART}(?:/${IMAGE_PART})*(?::(?<tag>\\w[\\w.-]{0,127}))?(?<digest>@sha256:[0-9a-f]{64})?$`,
);

/** A container image that stays what it is: with a version's tag or a digest. */
export function image(): z.ZodString {
  return text((reference) => {
    const match = IMAGE.exec(reference);
    if (match === null)
      return { message: 'is not an image reference', remedy: 'write it like redis:7.2.11 or redis@sha256:…' };
    const { tag, digest } = match.groups ?? {};
    if (digest !== undefined) return undefined;
    const remedy = 'name a version, such as redis:7.2.11, so that an image changes only when this file does';
    if (tag === undefined) return { message: 'has no tag', remedy };
    return tag === 'latest' ? { message: 'is whatever is newest', remedy } : undefined;
  });
}
