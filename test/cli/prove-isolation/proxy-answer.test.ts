import { refused } from '../../../cli/prove-isolation/live/attacks/proxy-answer';
import { request } from '../../../cli/prove-isolation/live/attacks/raw-request';

it.each<[string, Parameters<typeof refused>[0], string]>([
  ['one refusal', { statuses: [404], text: '' }, 'blocked'],
  ['refusals only', { statuses: [400, 404], text: '' }, 'blocked'],
  ['an answer after a refusal', { statuses: [404, 200], text: '' }, 'succeeded'],
  ['an answer', { statuses: [200], text: '' }, 'succeeded'],
  ['a redirect', { statuses: [301], text: '' }, 'succeeded'],
  ['an error of a node', { statuses: [500], text: 'HTTP/1.1 500\r\n\r\n{"status":500}' }, 'succeeded'],
  [
    'an error of the proxy',
    { statuses: [500], text: 'HTTP/1.1 500\r\n\r\nInternal Server Error' },
    'blocked',
  ],
  ['a gateway error', { statuses: [502], text: 'HTTP/1.1 502\r\n\r\nBad Gateway' }, 'succeeded'],
  ['a limit, which says nothing of the attack', { statuses: [429], text: '' }, 'not run'],
  ['no answer', { statuses: [], text: '' }, 'blocked'],
  ['a failed handshake', { statuses: [], text: '', error: 'alert unrecognized name' }, 'blocked'],
  ['no proxy', { statuses: [], text: '', error: 'connect ECONNREFUSED' }, 'not run'],
])('judges %s', (_, answer, outcome) => {
  expect(refused(answer).outcome).toBe(outcome);
});

it('writes a request as it is told, and nothing else', () => {
  expect(request('/a/../b', 'acme.saas.internal', { 'X-A': 'b' })).toBe(
    'GET /a/../b HTTP/1.1\r\nHost: acme.saas.internal\r\nConnection: close\r\nX-A: b\r\n\r\n',
  );
});
