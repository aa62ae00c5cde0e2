import { parseTerraformVersion } from '../../toolchain/terraform';
import { isAtLeast, parseVersion } from '../../toolchain/versions';

test.each([
  ['go version go1.26.8 linux/amd64', '1.26.8'],
  ['go version go1.21 linux/arm64', '1.21'],
  ['Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64', '7.0.15'],
  ['command not found', undefined],
])('the version in %p is %p', (output, version) => {
  expect(parseVersion(output)).toBe(version);
});

test.each([
  ['1.11.0', '1.11', true],
  ['1.11', '1.11.0', true],
  ['1.11.4', '1.11.0', true],
  ['2.0', '1.11.0', true],
  ['1.9.8', '1.11.0', false],
  ['1.10.9', '1.11.0', false],
  ['1.11.0-rc1', '1.11.0', true],
])('%s is at least %s: %p', (version, minimum, expected) => {
  expect(isAtLeast(version, minimum)).toBe(expected);
});

test('Terraform tells its version as JSON', () => {
  expect(parseTerraformVersion('{"terraform_version":"1.11.4","platform":"linux_amd64"}')).toBe('1.11.4');
  expect(parseTerraformVersion('Terraform v0.11.1')).toBeUndefined();
  expect(parseTerraformVersion('{"terraform_version":1}')).toBeUndefined();
  expect(parseTerraformVersion('')).toBeUndefined();
});
