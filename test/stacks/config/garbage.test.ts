import * as fc from 'fast-check';
import { stringify } from 'yaml';
import { platformFile } from '../../../stacks/config/platform-config';
import { tenantFile } from '../../../stacks/config/tenant-config';
import { ACME, PLATFORM, PRODUCTION, problemsOf } from './fixture';

const words = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    'acme',
    'v6',
    'local',
    'external',
    'pg',
    's3',
    'files',
    '10.81.0.0/28',
    'https://a.nl',
    '__proto__',
    '*a',
    '&a b',
    '!!binary x',
    '- ',
    ': ',
    '"',
    '\t',
    '---\n',
    '{',
    '[',
  ),
);
const keys = fc.oneof(
  fc.constantFrom(
    ...Object.keys(platformFile.shape),
    ...Object.keys(tenantFile.shape),
    'tls',
    'issuer',
    'kind',
    'type',
    'clients',
    '__proto__',
    'constructor',
    'toString',
  ),
  fc.string(),
);
const values = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    words,
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    tie('list'),
    tie('map'),
  ),
  list: fc.array(tie('value'), { maxLength: 3 }),
  map: fc.dictionary(keys, tie('value'), { maxKeys: 5 }),
})).value;

const texts = fc.oneof(
  fc.array(words).map((some) => some.join('')),
  values.map((value) => stringify(value)),
  // What is nearly right goes deeper.
  fc
    .tuple(fc.constantFrom(PLATFORM, PRODUCTION, ACME), fc.dictionary(keys, values, { maxKeys: 3 }))
    .map(([text, more]) => text + stringify(more)),
  fc
    .tuple(fc.constantFrom(PLATFORM, PRODUCTION, ACME), fc.nat(400), words)
    .map(([text, at, word]) => text.slice(0, at) + word + text.slice(at)),
);

// `problemsOf` throws on what is not a ConfigurationError.
test('whatever the files hold, the answer is a configuration or a list of problems', () => {
  fc.assert(
    fc.property(texts, texts, texts, (platform, acme, beta) => {
      const problems = problemsOf({
        'platform.yaml': platform,
        'tenants/acme.yaml': acme,
        'tenants/beta.yaml': beta,
      });
      for (const { message, remedy, line } of problems) {
        expect(message).not.toBe('');
        expect(remedy).not.toBe('');
        expect(line ?? 1).toBeGreaterThan(0);
      }
    }),
    { numRuns: 150 },
  );
});
