import { parsePolicy } from '../../../../lib/guardrails/knowledge/vault-policy';

test('rules of HCL, whatever else is around them', () => {
  const policy = `
# a comment with path "x" { capabilities = ["root"] }
name = "acme"
path "kv/*" {
  capabilities = ["read", "list",]   // another
  allowed_parameters = { "*" = [] }
  min_wrapping_ttl = "1s"
}
/* path "y" { } */
path "kv/closed" { policy = "deny" }
path "kv/old" { policy = "write" }`;
  expect(parsePolicy(policy)).toEqual([
    { path: 'kv/*', capabilities: ['read', 'list'] },
    { path: 'kv/closed', capabilities: ['deny'] },
    { path: 'kv/old', capabilities: ['create', 'read', 'update', 'delete', 'list'] },
  ]);
});

test('and of JSON', () => {
  const policy = { path: { 'kv/*': { capabilities: ['read'] }, 'kv/b': { capabilities: ['deny'] } } };
  expect(parsePolicy(JSON.stringify(policy))).toEqual([
    { path: 'kv/*', capabilities: ['read'] },
    { path: 'kv/b', capabilities: ['deny'] },
  ]);
});

test.each([
  'path "x" { capabilities = ["read"',
  'path "x" { capabilities = join(",", ["read"]) }',
  'path x { capabilities = ["read"] }',
  'path "x" { capabilities = [read] }',
  'path <<EOT\nx\nEOT\n{ }',
  'path "x"',
])('%j is refused rather than half read', (policy) => {
  expect(() => parsePolicy(policy)).toThrow();
});

test('an empty policy allows nothing', () => {
  expect(parsePolicy('')).toEqual([]);
});
