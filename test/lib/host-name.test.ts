import * as fc from 'fast-check';
import { hostNameProblem } from '../../lib/host-name';

test.each([
  'care.internal',
  'acme.care.nl',
  'a.b',
  '1.care.nl',
  'xn--caf-dma.nl',
  'host.care.nl',
  'notexample.com',
  `${'a'.repeat(63)}.nl`,
])('%s is fine', (host) => {
  expect(hostNameProblem(host)).toBeUndefined();
});

test.each([
  ['', 'not a host name'],
  ['Care.nl', 'not a host name'],
  ['care.nl.', 'not a host name'],
  ['.care.nl', 'not a host name'],
  ['care..nl', 'not a host name'],
  ['-care.nl', 'not a host name'],
  ['care-.nl', 'not a host name'],
  ['ca_re.nl', 'not a host name'],
  ['care.nl\n', 'not a host name'],
  ['care.nl:443', 'not a host name'],
  ['*.care.nl', 'not a host name'],
  [`${'a'.repeat(64)}.nl`, 'not a host name'],
  [`${'a.'.repeat(126)}nl`, 'not a host name'],
  ['care', 'two labels'],
  ['192.0.2.1', 'IP address'],
  ['care.1', 'IP address'],
  ['1.0x7f', 'IP address'],
  ['care.local', 'under .local'],
  ['a.b.test', 'under .test'],
  ['example.com', 'under example.com'],
  ['a.example.org', 'under example.org'],
])('%j is refused', (host, problem) => {
  expect(hostNameProblem(host)).toContain(problem);
});

test('a host that is fine is what URL makes of it', () => {
  const label = fc.stringMatching(/^[a-z0-9-]{1,8}$/);
  const anyHost = fc.oneof(
    fc.domain(),
    fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.')),
    fc.string(),
  );
  // What looks like punycode but isn't, no one can register.
  const host = anyHost.filter((text) => !text.includes('xn--') && hostNameProblem(text) === undefined);
  fc.assert(
    fc.property(host, (text) => {
      expect(new URL(`https://${text}`).hostname).toBe(text);
    }),
    { numRuns: 1000 },
  );
});
