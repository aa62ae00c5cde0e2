import { createPublicKey } from 'node:crypto';
import type { JsonWebKey } from 'node:crypto';
import type { Fault } from './fields';

const MINIMAL_RSA_BITS = 2048;

const CURVES: Record<string, { name: string; jwk: string; bytes: number }> = {
  'ecdsa-sha2-nistp256': { name: 'nistp256', jwk: 'P-256', bytes: 32 },
  'ecdsa-sha2-nistp384': { name: 'nistp384', jwk: 'P-384', bytes: 48 },
  'ecdsa-sha2-nistp521': { name: 'nistp521', jwk: 'P-521', bytes: 66 },
};

const FORM = 'write the first two fields of the .pub file, such as ssh-ed25519 AAAA…';

/**
 * Says why the node wouldn't take an OpenSSH public key.
 *
 * The node stops at a line it can't parse, and passes over a weak key with no more than a line in its log: both are better known now.
 */
export function publicKeyFault(line: string): Fault | undefined {
  if (line.includes('PRIVATE KEY'))
    return {
      message: 'is a private key',
      remedy:
        'take it out, make a new pair, since this one has been in a file that is shared, and write its public half',
    };
  if (line.startsWith('-----'))
    return {
      message: 'is a key in PEM, not in the form of OpenSSH',
      remedy: 'convert it with ssh-keygen -i -m PKCS8 -f <file>',
    };
  const [type = '', encoded = '', ...comment] = line.split(' ');
  if (type === 'ssh-dss')
    return { message: 'is a DSA key, which the node ignores', remedy: 'make one with ssh-keygen -t ed25519' };
  if (type !== 'ssh-ed25519' && type !== 'ssh-rsa' && !Object.hasOwn(CURVES, type))
    return { message: 'is not an OpenSSH public key of a kind that the node takes', remedy: FORM };
  if (comment.length > 0)
    return { message: 'has a comment', remedy: "leave the comment out: the client's name takes its place" };
  const blob = Buffer.from(encoded, 'base64');
  const [blobType, ...numbers] = fieldsOf(blob) ?? [];
  // One key in two spellings would pass for two keys.
  if (blob.toString('base64') !== encoded || blobType?.toString('latin1') !== type)
    return { message: 'is damaged: its second field is not such a key', remedy: FORM };
  if (type === 'ssh-rsa') {
    const bits = numbers[1] === undefined ? 0 : bitsOf(numbers[1]);
    if (bits < MINIMAL_RSA_BITS)
      return {
        message: `is an RSA key of ${bits} bits, which the node ignores`,
        remedy: `use one of ${MINIMAL_RSA_BITS} bits or more, or ssh-keygen -t ed25519`,
      };
  }
  const jwk = toJwk(type, numbers);
  return jwk !== undefined && isKey(jwk)
    ? undefined
    : { message: 'is damaged: its second field is not such a key', remedy: FORM };
}

/** The length-prefixed fields of a key's blob; undefined when it isn't made of them. */
function fieldsOf(blob: Buffer): Buffer[] | undefined {
  const fields: Buffer[] = [];
  let offset = 0;
  while (offset < blob.length) {
    if (offset + 4 > blob.length) return undefined;
    const end = offset + 4 + blob.readUInt32BE(offset);
    if (end > blob.length) return undefined;
    fields.push(blob.subarray(offset + 4, end));
    offset = end;
  }
  return fields;
}

function toJwk(type: string, numbers: readonly Buffer[]): JsonWebKey | undefined {
  const [first, second] = numbers;
  const curve = CURVES[type];
  if (curve !== undefined) {
    const { name, jwk, bytes } = curve;
    if (numbers.length !== 2 || first?.toString('latin1') !== name) return undefined;
    if (second?.length !== 1 + 2 * bytes || second[0] !== 4) return undefined;
    return {
      kty: 'EC',
      crv: jwk,
      x: base64url(second.subarray(1, 1 + bytes)),
      y: base64url(second.subarray(1 + bytes)),
    };
  }
  if (type === 'ssh-ed25519')
    return numbers.length === 1 && first?.length === 32
      ? { kty: 'OKP', crv: 'Ed25519', x: base64url(first) }
      : undefined;
  if (numbers.length !== 2 || first === undefined || second === undefined) return undefined;
  if (!isPositive(first) || !isPositive(second)) return undefined;
  // The exponents that Go's ssh package takes, with which the node reads the key.
  const exponent = first.length > 3 ? 0 : first.readUIntBE(0, first.length);
  return exponent >= 3 && exponent % 2 === 1
    ? { kty: 'RSA', e: base64url(first), n: base64url(second) }
    : undefined;
}

// A point that isn't on its curve has the form of a key, but stops the node.
function isKey(jwk: JsonWebKey): boolean {
  try {
    createPublicKey({ key: jwk, format: 'jwk' });
    return true;
  } catch {
    return false;
  }
}

/** A number that has a sign bit of zero, and no more zero bytes than that takes. */
function isPositive(number: Buffer): boolean {
  const [first = 0x80, second = 0] = number;
  return first < 0x80 && (first > 0 || second >= 0x80);
}

function bitsOf(number: Buffer): number {
  const digits = number.toString('hex').replace(/^0+/, '');
  return digits === '' ? 0 : 4 * (digits.length - 1) + parseInt(digits.charAt(0), 16).toString(2).length;
}

function base64url(bytes: Buffer): string {
  return bytes.toString('base64url');
}
