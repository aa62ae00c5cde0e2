import { Token } from 'cdktf';
import { literal } from '../../../lib/terraform/literal';

test.each([
  ['plain $text and 100%', 'plain $text and 100%'],
  ['${file("/etc/passwd")}', '$${file("/etc/passwd")}'],
  ['a ${b} %{ if c }d%{ endif }', 'a $${b} %%{ if c }d%%{ endif }'],
])('%s is nothing that Terraform would evaluate', (text, escaped) => {
  expect(literal(text)).toBe(escaped);
});

test("cdktf's own references stay what they are", () => {
  const reference = Token.asString('vault_mount.keys.path');
  expect(literal(`before ${reference} after`)).toBe(`before ${reference} after`);
});
