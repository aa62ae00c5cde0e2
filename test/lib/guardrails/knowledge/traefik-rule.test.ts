import { takes } from '../../../../lib/guardrails/knowledge/traefik-rule';

const RULE = 'Host(`acme.nl`) && (Path(`/iam`) || PathPrefix(`/iam/`))';

test.each([
  [RULE, 'acme.nl', '/iam', true],
  [RULE, 'acme.nl', '/iam/x', true],
  [RULE, 'acme.nl', '/internal', false],
  [RULE, 'beta.nl', '/iam', false],
  // Without parentheses && binds tighter.
  ['Host(`acme.nl`) && Path(`/iam`) || Path(`/internal`)', 'beta.nl', '/internal', true],
  ['Host(`acme.nl`, "beta.nl")', 'beta.nl', '/', true],
  ['HostRegexp(`.+`) && Path(`/iam`)', 'beta.nl', '/iam', true],
  ['Host(`acme.nl`) && PathRegexp(`^/i`)', 'acme.nl', '/internal', true],
  ['HostSNI(`*`)', 'beta.nl', '', true],
  ['Host(`acme.nl`) && !PathPrefix(`/internal`)', 'acme.nl', '/internal/x', false],
  ['Host(`acme.nl`) && !PathPrefix(`/internal`)', 'acme.nl', '/status', true],
])('%s at %s %s: %s', (rule, host, path, expected) => {
  expect(takes(rule, { host, path })).toBe(expected);
});

test('what a client chooses itself keeps nobody out', () => {
  const request = { host: 'acme.nl', path: '/internal' };
  expect(takes('Host(`acme.nl`) && Header(`X-Key`, `1`)', request)).toBe(true);
  expect(takes('Host(`acme.nl`) && !Header(`X-Key`, `1`)', request)).toBe(true);
  expect(takes('Host(`acme.nl`) && Method(`GET`)', request)).toBe(true);
});

test.each(['Host(`acme.nl`) &', 'Host(acme.nl)', 'Host(`a`', 'HostRegexp(`(`)', '', 'Host(`a`) Path(`b`)'])(
  'a rule that can not be read may take anything: %s',
  (rule) => {
    expect(takes(rule, { host: 'x.nl', path: '/' })).toBe(true);
  },
);
