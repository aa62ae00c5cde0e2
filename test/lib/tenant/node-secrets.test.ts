import { parse } from 'yaml';
import { secretsTemplate } from '../../../lib/tenant/node-secrets';

const SECRETS = [
  { option: 'storage.sql.connection', path: 'tenants/acme/data/sql', field: 'connection' },
  { option: 'storage.redis.password', path: 'shared/data/acme', field: 'password' },
  { option: 'storage.session.redis.password', path: 'shared/data/acme', field: 'password' },
];
// As Vault Agent's function toJSON writes a text.
const asJson = (value: string) =>
  JSON.stringify(value).replaceAll(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);

/** What Vault Agent makes of a template, for values by path. */
function rendered(template: string, values: Record<string, Record<string, string>>): string {
  return template.replaceAll(
    /\{\{ with secret "([^"]+)" \}\}\{\{ \.Data\.data\.(\w+) \| toJSON \}\}\{\{ end \}\}/g,
    (_, path: string, field: string) => asJson(values[path]?.[field] ?? ''),
  );
}

test.each([
  ['a plain one', 'postgres://nuts:pw@sql.care.nl/nuts'],
  [
    'one with what YAML, JSON and the node read as more than text',
    `a: #b"\\,{{x}} 'c' <&> %{d} \${e}, [f] é`,
  ],
  ['one that looks like a number', '0123'],
])('the node reads %s as it was given', (_, value) => {
  const text = rendered(secretsTemplate(SECRETS), {
    'tenants/acme/data/sql': { connection: value },
    'shared/data/acme': { password: value },
  });
  expect(parse(text)).toEqual({
    storage: {
      sql: { connection: value },
      redis: { password: value },
      session: { redis: { password: value } },
    },
  });
});

test('nothing but its actions looks like an action of the template', () => {
  const rest = secretsTemplate(SECRETS).replaceAll(/\{\{ (with|end|\.Data)[^}]*\}\}/g, '');
  expect(rest).not.toMatch(/\{\{|\}\}/);
});
