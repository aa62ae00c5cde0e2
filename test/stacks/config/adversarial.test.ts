import * as fc from 'fast-check';
import { authorizedKeys } from '../../../lib/tenant/api-access';
import { ConfigurationError } from '../../../stacks/config/configuration-error';
import { ACME, BETA, type Files, load, PLATFORM, PRODUCTION } from './fixture';
import { CERTIFICATE, ECDSA_256, ED25519 } from './keys';

// What whoever may edit a file, or an editor that went wrong, could put there. The answer is everything or a list of problems,
// soon, and never the insides of the program.

// A second or less on a machine that has nothing else to do.
const LONGEST_MILLISECONDS = 15_000;
jest.setTimeout(120_000);

const FULL = `${ACME}limits: { node: { memory: 512 }, public: { average: 10, burst: 20, concurrent: 5 } }
options: { verbosity: debug }
api:
  addresses: [192.0.2.1]
  forwardAuth: https://login.care.nl/verify?x=y
  clientCertificateAuthority: |
${CERTIFICATE.trim().replaceAll(/^/gm, '    ')}
  clients:
    ehr: { keys: [${ED25519}], addresses: [192.0.2.2] }
    his: { keys: [${ECDSA_256}] }
  administration: { addresses: [192.0.2.3] }
`;

/** What came of files; it throws when that isn't what the configuration promises. */
function judge(files: Files): 'accepted' | 'refused' {
  const start = performance.now();
  try {
    const { tenants } = load(files);
    expect(tenants.map(({ id }) => `tenants/${id}.yaml`)).toEqual(
      Object.keys(files).filter((file) => file !== 'platform.yaml'),
    );
    for (const { api = {} } of tenants) {
      const keys = Object.values(api.clients ?? {}).flatMap((client) => client.keys);
      expect(authorizedKeys(api as Parameters<typeof authorizedKeys>[0]).split('\n')).toHaveLength(
        keys.length + 2,
      );
      expect(JSON.stringify(api)).not.toContain('{{');
    }
    return 'accepted';
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    expect(error.problems.length).toBeGreaterThan(0);
    for (const { file, line, message, remedy } of error.problems) {
      const text = files[file];
      expect(text).toBeDefined();
      // A file that can't be read at all has no line.
      if (line !== undefined) expect(line).toBeLessThanOrEqual((text ?? '').split(/\r\n|\r|\n/).length);
      else expect(message).toMatch(/not usable YAML|can't be read|the file has \d+ characters/);
      expect(`${message}\n${remedy}`).not.toMatch(
        /\n +at |undefined|\[object |zod|YAMLParseError|Cannot read/i,
      );
    }
    return 'refused';
  } finally {
    expect(performance.now() - start).toBeLessThan(LONGEST_MILLISECONDS);
  }
}

const about = (acme: string): Files => ({
  'platform.yaml': PLATFORM,
  'tenants/acme.yaml': acme,
  'tenants/beta.yaml': BETA,
});

test('what is right is accepted, so that the rest of these tests can fail', () => {
  expect(judge(about(FULL))).toBe('accepted');
});

const many = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join('');

test.each<[string, string]>([
  ['nothing', ''],
  ['blanks', ' \n\t\n'],
  ['a byte order mark and nothing', '\uFEFF'],
  ['bytes that are no text', '\u0000\u0001\uFFFE\uD800'],
  ['only a comment', '# id: acme'],
  ['a list', '- id: acme'],
  ['one word', 'acme'],
  ['a number', '1e999'],
  ['two documents', `${ACME}---\n${BETA}`],
  ['an unfinished text', `${ACME}image: "x`],
  ['tabs for indentation', `${ACME}api:\n\taddresses: [10.0.0.1]`],
  [
    'aliases that grow',
    `${ACME}${many(9, (i) => `a${i}: &a${i} [${many(9, () => (i === 0 ? 'x,' : `*a${i - 1},`))}]\n`)}`,
  ],
  ['an alias of itself', `${ACME}options: &o { a: *o }`],
  ['an alias of nothing', `${ACME}options: *none`],
  ['merge keys', `x: &x { id: beta }\n${ACME}<<: *x`],
  ['deep lists', `${ACME}options: ${'['.repeat(20_000)}`],
  ['deep sets', `${ACME}options: ${'{a: '.repeat(5_000)}`],
  ['deep blocks', `${ACME}options:\n${many(2_000, (i) => `${' '.repeat(i + 1)}a:\n`)}`],
  ['many keys', `${ACME}options:\n${many(5_000, (i) => `  k${i}: ${i}\n`)}`],
  ['a key twice', `${ACME}id: beta`],
  ['keys of prototypes', `${ACME}__proto__: { release: v6 }\nconstructor: 1\ntoString: 2\nhasOwnProperty: 3`],
  [
    'a client that would be left out',
    `${ACME}api: { addresses: [10.0.0.1], clients: { __proto__: { keys: [${ED25519}] }, ehr: { keys: [${ECDSA_256}] } } }`,
  ],
  ['a key that is a set', `${ACME}? { a: b }\n: c`],
  ['a key that is empty', `${ACME}? \n: c`],
  ['a tag of code', `${ACME}options: !!js/function "() => 1"`],
  ['a tag of bytes', `${ACME}image: !!binary aGk=`],
  ['a date', `${ACME}cell: 2026-11-23`],
  [
    'numbers of all kinds',
    `${ACME}generation: 0x7fffffffffffffff\nlimits: { node: { memory: .inf }, api: { burst: .nan, average: -0, concurrent: 1e400 } }`,
  ],
  ['a long id', ACME.replace('id: acme', `id: ${'a'.repeat(1_000_000)}`)],
  ['a long key', `${ACME}${'a'.repeat(500_000)}: 1`],
  ['a long url', ACME.replace('https://acme', `https://${'a.'.repeat(200_000)}acme`)],
  ['a long image', `${ACME}image: ${'a-'.repeat(200_000)}!`],
  ['a long address of a service', `${ACME}api: { forwardAuth: "https://${'a'.repeat(500_000)}" }`],
  [
    'a long key of a client',
    `${ACME}api: { addresses: [10.0.0.1], clients: { ehr: { keys: [ssh-ed25519 ${'A'.repeat(1_000_000)}] } } }`,
  ],
  ['a template of the proxy', `${ACME}api: { forwardAuth: "https://a.nl/{{ env \\"X\\" }}" }`],
  [
    'a key with a second line',
    `${ACME}api: { addresses: [10.0.0.1], clients: { ehr: { keys: ["${ED25519} x\\n${ECDSA_256} root"] } } }`,
  ],
  [
    'a client with a second line',
    `${ACME}api: { addresses: [10.0.0.1], clients: { "ehr\\nroot": { keys: [${ED25519}] } } }`,
  ],
  [
    'certificates without an end',
    `${ACME}api: { clientCertificateAuthority: "${'-----BEGIN CERTIFICATE-----'.repeat(20_000)}" }`,
  ],
  [
    'a thousand addresses that are wrong',
    `${ACME}api: { addresses: [${many(1_000, (i) => `300.0.0.${i},`)}] }`,
  ],
  ['signs that turn text around', `${ACME}cell: "\u202Elacol"`],
  ['a rule of the proxy', ACME.replace('acme.care.internal', 'a`)||Path(`/internal`')],
])('%s: refused', (_, acme) => {
  expect(judge(about(acme))).toBe('refused');
});

const spliced = fc
  .tuple(
    fc.constantFrom(FULL, ACME, PLATFORM, PRODUCTION),
    fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        cut: fc.nat(30),
        put: fc.oneof(
          fc.string({ unit: 'binary', maxLength: 8 }),
          fc.constantFrom(
            '\n',
            ': ',
            '- ',
            '  ',
            '&a ',
            '*a',
            '!!',
            '{',
            '}',
            '[',
            ']',
            '"',
            "'",
            '|',
            '>',
            '?',
            '#',
            '---',
            '{{',
            '0',
            '-1',
            '~',
            '\u0000',
            '\r',
          ),
        ),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  )
  .map(([text, edits]) =>
    edits.reduce((before, { at, cut, put }) => {
      const start = Math.floor(at * before.length);
      return before.slice(0, start) + put + before.slice(start + cut);
    }, text),
  );

const lines = fc.tuple(fc.constantFrom(FULL, PRODUCTION), fc.infiniteStream(fc.nat(11))).map(([text, dice]) =>
  text
    .split('\n')
    .flatMap((line) => {
      const value = dice.next().value as number;
      // Lines that are lost, doubled, moved in or out, or run into the next one.
      return value === 0
        ? []
        : value === 1
          ? [line, line]
          : value === 2
            ? [` ${line}`]
            : value === 3
              ? [line.trimStart()]
              : [line];
    })
    .join('\n'),
);

test('whatever an edit did to a file that was right, the answer is everything or a list of problems', () => {
  let accepted = 0;
  fc.assert(
    fc.property(fc.oneof(spliced, lines), fc.boolean(), (text, isPlatform) => {
      const files = isPlatform ? { ...about(ACME), 'platform.yaml': text } : about(text);
      if (judge(files) === 'accepted') accepted += 1;
    }),
    { numRuns: 300 },
  );
  expect(accepted).toBeGreaterThan(0);
});
