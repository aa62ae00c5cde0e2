import { IMAGES } from '../../lib/images';
import { PROVIDER_VERSIONS } from '../../lib/terraform/provider-versions';
import { RECIPES } from '../../toolchain/image-recipes';
import { PROVIDERS } from '../../toolchain/providers';
import { isAtLeast } from '../../toolchain/versions';

test.each(Object.entries(PROVIDER_VERSIONS))('stacks accept the %s provider that is got', (name, range) => {
  const version = PROVIDERS.find((provider) => provider.name === name)?.version ?? 'none';
  const [, minimum, below] = /^>= (\S+), < (\S+)$/.exec(range) ?? [];
  expect(isAtLeast(version, minimum ?? 'none')).toBe(true);
  expect(isAtLeast(version, below ?? 'none')).toBe(false);
});

test('every image but the v5.4 node is got', () => {
  const names = RECIPES.map(({ name }) => name);
  expect([...names, 'nutsNodeV54'].sort()).toEqual(Object.keys(IMAGES).sort());
});
