import { describeStatus } from '../../cli/status/command';
import { nextSteps } from '../../cli/next-steps';
import { table } from '../../cli/table';
import { ACME, BETA, load, PLATFORM, PRODUCTION, type Files } from '../stacks/config/fixture';

// What it asks the engine for isn't asked here, and brings modules that Jest would have to translate.
jest.mock('../../cli/status/platform-status', () => ({}));

const steps = (files: Files) => nextSteps({ ...load({ 'tenants/': '', ...files }), directory: '/project' });
const DEVELOPMENT = { 'platform.yaml': PLATFORM, 'tenants/acme.yaml': ACME };

test('a table has columns that stand below one another, and no blanks at the end', () => {
  expect(
    table([
      ['TENANT', 'STATE'],
      ['acme', 'well'],
      ['b', ''],
    ]),
  ).toBe('TENANT  STATE\nacme    well\nb');
  expect(table([])).toBe('');
});

test('what to do next works as it stands: names, ports, addresses and trust are filled in', () => {
  const text = steps(DEVELOPMENT);
  const curl = 'curl -sS --cacert .nuts-saas/platform-ca.pem --resolve';
  expect(text).toContain(
    `${curl} acme.care.internal:443:10.80.0.1 https://acme.care.internal/.well-known/did.json`,
  );
  expect(text).toContain(
    'npx nuts-saas client add acme ehr && npx nuts-saas apply tenant-acme --auto-approve',
  );
  expect(text).toContain(
    `${curl} api-acme.care.internal:443:10.80.0.1 https://api-acme.care.internal/internal/vdr/v2/subject`,
  );
  expect(text).toContain('Authorization: Bearer $(npx nuts-saas client token acme ehr)');
  expect(text).not.toMatch(/undefined|<id>/);
});

test('with public certificates curl needs no authority, and a proxy on every address is reached on this one', () => {
  const everywhere = PRODUCTION.replace('192.0.2.10', '0.0.0.0');
  const text = steps({ 'platform.yaml': everywhere, 'tenants/acme.yaml': ACME });
  expect(text).toContain('curl -sS --resolve acme.care.internal:443:127.0.0.1');
  expect(text).not.toContain('--cacert');
});

test('only a tenant that is there is shown', () => {
  const removed = { ...DEVELOPMENT, 'tenants/acme.yaml': `${ACME}state: removed\n` };
  expect(steps(removed)).toBe('Next: describe a tenant in tenants/<id>.yaml, and run this again.');
  expect(steps({ ...removed, 'tenants/beta.yaml': BETA })).toContain('beta.care.internal');
});

test('the status names what is unwell, and what would help', () => {
  const well = {
    id: 'acme',
    state: 'active',
    release: 'v6',
    url: 'https://acme.care.nl',
    api: 'https://api-acme.care.nl',
  };
  const text = describeStatus({
    healthy: false,
    platform: 'nuts',
    vault: 'sealed',
    proxy: 'running',
    egress: 'not in place',
    orphans: ['gone'],
    tenants: [
      { ...well, healthy: true, node: 'ok', keys: 'ok', redis: 'ok', route: 'ok' },
      {
        ...well,
        id: 'beta',
        healthy: false,
        node: 'ok',
        keys: 'Vault is sealed',
        redis: 'exited',
        route: 'no route',
      },
    ],
  });
  expect(text.split('\n').slice(0, 5)).toEqual([
    'Vault sealed, proxy running',
    '',
    'TENANT  HEALTH   RELEASE  NODE  KEYS             REDIS   ROUTE     URL',
    'acme    healthy  v6       ok    ok               ok      ok        https://acme.care.nl',
    'beta    UNWELL   v6       ok    Vault is sealed  exited  no route  https://acme.care.nl',
  ]);
  expect(text).toContain('Tenant gone runs, but there is no tenants/gone.yaml');
  expect(text).toContain('nuts-saas up unseals a local one');
});
