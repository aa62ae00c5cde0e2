import * as fc from 'fast-check';
import { tenantIdProblem } from '../../../lib/names';
import { textOf } from '../../contract/support/stack-json';
import { tenantStack } from '../support/tenant';
import { capabilities } from '../support/vault-policy';

const NASTY = [
  'a',
  'a-a',
  'a-b',
  'acme',
  'acme-b',
  'b-acme',
  'nuts',
  'tenants',
  'certificate',
  'g1',
  '0',
  'x-',
  '-x',
];
const id = fc
  .oneof(fc.constantFrom(...NASTY), fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,12}$/))
  .filter((text) => tenantIdProblem(text) === undefined);
const segment = fc.oneof(
  fc.constantFrom('nuts-private-keys', 'data', '..', '+', '*', ''),
  fc.stringMatching(/^[\w.*+-]{0,8}$/),
);

function policies(tenantId: string): string[] {
  const stack = tenantStack({ tenantId, url: `https://${tenantId}.care.internal` });
  return stack.resources('vault_policy').map(({ values }) => stack.literal(textOf(values.policy)));
}

/** Everything in Vault that is a tenant's, and any path under it. */
function pathsOf(tenant: string, tail: string): string[] {
  const below = ['nuts', 'tenants'].flatMap((mount) => [
    `${mount}/${tenant}`,
    `${mount}/${tenant}/${tail}`,
    `${mount}/${tenant}/nuts-private-keys`,
    `${mount}/${tenant}/nuts-private-keys/${tail}`,
    `${mount}/${tenant}/data/${tail}`,
  ]);
  const named = [`nuts-${tenant}`, `nuts-${tenant}.g1`, `nuts-${tenant}.certificate.g1`].flatMap((name) => [
    `sys/policies/acl/${name}`,
    `auth/nuts-approle/role/${name}`,
    `auth/nuts-approle/role/${name}/secret-id`,
    `nuts-pki/issue/${name}`,
    `nuts-pki/sign/${name}`,
    `sys/quotas/rate-limit/${name}.keys`,
  ]);
  return [...below, ...named];
}

test('no policy of a tenant says anything about another one, whatever the two are called', () => {
  fc.assert(
    fc.property(id, id, fc.array(segment, { maxLength: 3 }), (one, other, tail) => {
      fc.pre(one !== other);
      for (const policy of policies(one))
        for (const path of pathsOf(other, tail.join('/')))
          expect({ path, can: capabilities(policy, path) }).toEqual({ path, can: [] });
    }),
    { numRuns: 25 },
  );
});

test('no rule has a wildcard before the tenant’s own name', () => {
  fc.assert(
    fc.property(id, (tenant) => {
      for (const policy of policies(tenant))
        for (const [, path = ''] of policy.matchAll(/path "([^"]+)"/g)) {
          const wildcard = path.search(/[*+]/);
          if (wildcard >= 0) expect(path.slice(0, wildcard)).toMatch(new RegExp(`^nuts/${tenant}/.+/$`));
        }
    }),
    { numRuns: 10 },
  );
});

test.each([
  ['a segment', 'nuts/+/'],
  ['an ending', 'nuts/acm*'],
])('a wildcard for %s in place of the id would be seen', (_, wide) => {
  const widened = policies('acme').map((policy) =>
    policy.replaceAll(/nuts\/acme\/[^"]*/g, `${wide}nuts-private-keys/*`.replace(/\*.*/, '*')),
  );
  const open = widened.flatMap((policy) =>
    pathsOf('acmx', 'key').flatMap((path) => capabilities(policy, path)),
  );
  expect(open).toContain('read');
});
