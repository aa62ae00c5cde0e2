import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { IMAGES } from '../../lib/images';
import { providersAreLocal, toolchainEnvironment } from '../../toolchain/environment';
import { type ImageRecipe, recordFile, RECIPES, recipeKey } from '../../toolchain/image-recipes';
import { inPackage } from '../../toolchain/package-root';
import { PLATFORM } from '../../toolchain/platform';
import { mirrorFolder, PROVIDERS } from '../../toolchain/providers';
import { terraformBuild } from '../../toolchain/terraform';
import { useTemporaryCache } from './temporary-cache';

useTemporaryCache();

function put(path: string, content = ''): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

test('an empty cache: nothing but the switch that keeps Terraform from calling home', () => {
  expect(toolchainEnvironment()).toEqual({ CHECKPOINT_DISABLE: '1' });
  expect(providersAreLocal()).toBe(false);
});

test('the mirror is named once it holds every provider', () => {
  put(mirrorFolder('terraform.rc'));
  PROVIDERS.forEach(({ namespace, name }, index) => {
    expect(toolchainEnvironment().TF_CLI_CONFIG_FILE).toBeUndefined();
    put(mirrorFolder('mirror', 'registry.terraform.io', namespace, name, 'index.json'));
    if (index > 0) return;
    expect(providersAreLocal()).toBe(false);
  });
  expect(toolchainEnvironment().TF_CLI_CONFIG_FILE).toBe(mirrorFolder('terraform.rc'));
});

test('a provider that was built here has no checksum that the registry knows', () => {
  put(
    mirrorFolder('mirror/registry.terraform.io/hashicorp/vault/5.9.0', PLATFORM, 'terraform-provider-vault'),
  );
  expect(providersAreLocal()).toBe(true);
});

test('a Terraform in the cache goes first on PATH', () => {
  const path = terraformBuild.path;
  put(path);
  chmodSync(path, 0o755);
  expect(toolchainEnvironment().PATH).toBe(`${dirname(path)}:${process.env.PATH ?? ''}`);
  rmSync(dirname(path), { recursive: true });
  expect(toolchainEnvironment().PATH).toBeUndefined();
});

describe('images', () => {
  function decide(built: { key: string } | undefined, wanted = IMAGES.vault): void {
    const reference = built === undefined ? wanted : 'nuts-saas.local/vault:1.21.0';
    const record = {
      wanted,
      reference,
      archive: '/nowhere',
      ...(built && { built: { ...built, reason: '' } }),
    };
    put(recordFile(vaultRecipe()), JSON.stringify(record));
  }

  function vaultRecipe(): ImageRecipe {
    const recipe = RECIPES.find(({ name }) => name === 'vault');
    if (recipe === undefined) throw new Error('no recipe for vault');
    return recipe;
  }

  const vaultKey = () => recipeKey(vaultRecipe());

  function overrides(): unknown {
    const value = toolchainEnvironment().NUTS_SAAS_IMAGES;
    return value === undefined ? undefined : JSON.parse(value);
  }

  afterEach(() => {
    delete process.env.NUTS_SAAS_IMAGES;
  });

  test('one that was built here replaces the official one', () => {
    decide({ key: vaultKey() });
    expect(overrides()).toEqual({ vault: 'nuts-saas.local/vault:1.21.0' });
  });

  test('what the user has set goes before it', () => {
    decide({ key: vaultKey() });
    process.env.NUTS_SAAS_IMAGES = '{"vault":"registry.example.org/vault:1","redis":"r"}';
    expect(overrides()).toEqual({ vault: 'registry.example.org/vault:1', redis: 'r' });
  });

  test('one that was pulled, built otherwise or decided for an older release replaces nothing', () => {
    decide(undefined);
    expect(overrides()).toBeUndefined();
    decide({ key: 'older' });
    expect(overrides()).toBeUndefined();
    decide({ key: vaultKey() }, 'hashicorp/vault:1.0.0');
    expect(overrides()).toBeUndefined();
  });

  test.each(['nonsense', '[]', '"redis"', 'null'])('NUTS_SAAS_IMAGES=%s is refused', (value) => {
    process.env.NUTS_SAAS_IMAGES = value;
    expect(() => toolchainEnvironment()).toThrow(
      /NUTS_SAAS_IMAGES is not a JSON object[^]*What to do: unset it/,
    );
  });
});

test('the package root is found from the sources', () => {
  expect(inPackage('toolchain', 'go')).toBe(join(__dirname, '..', '..', 'toolchain', 'go'));
});
