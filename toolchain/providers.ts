import { existsSync } from 'node:fs';
import { link, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMade, obtain, type Artifact } from './artifact';
import { cachePath, keyOf, produce, temporaryName } from './cache';
import { ask } from './command';
import { goTool } from './go-tool';
import { PLATFORM } from './platform';
import { missing, ok, type Progress, type Requirement } from './requirement';
import { terraformProgram } from './terraform';
import { giveUpTerraformRegistry, TERRAFORM_REGISTRY, terraformRegistryAnswers } from './terraform-registry';

interface Provider {
  readonly namespace: string;
  readonly name: string;
  readonly version: string;
  /** What is built where the registry isn't reachable: the same version. */
  readonly source: Artifact;
}

export const PROVIDERS: readonly Provider[] = [
  { namespace: 'kreuzwerker', name: 'docker', version: '4.6.0', source: goTool('terraform-provider-docker') },
  { namespace: 'hashicorp', name: 'vault', version: '5.9.0', source: goTool('terraform-provider-vault') },
  { namespace: 'hashicorp', name: 'random', version: '3.9.0', source: goTool('terraform-provider-random') },
];

/** Terraform's filesystem mirror and the CLI configuration that names it: new versions get a new folder. */
export function mirrorFolder(...segments: string[]): string {
  const key = keyOf(PLATFORM, ...PROVIDERS.flatMap(({ version, source }) => [version, source.path]));
  return cachePath('terraform', key, ...segments);
}

const address = (provider: Provider): string =>
  `${TERRAFORM_REGISTRY}/${provider.namespace}/${provider.name}`;
const folderOf = (provider: Provider): string => mirrorFolder('mirror', address(provider));
/** Where a built provider lies; what the registry gives lies in zip archives next to it. */
const unpacked = (provider: Provider): string => join(folderOf(provider), provider.version, PLATFORM);

/** The CLI configuration for Terraform, once the mirror holds every provider. */
export function terraformConfigFile(): string | undefined {
  const file = mirrorFolder('terraform.rc');
  return [file, ...PROVIDERS.map(folderOf)].every((path) => existsSync(path)) ? file : undefined;
}

/** Whether a provider was built here, so that the registry can't vouch for its checksum. */
export function hasBuiltProviders(): boolean {
  return PROVIDERS.some((provider) => existsSync(unpacked(provider)));
}

export const providers: readonly Requirement[] = PROVIDERS.map((provider) => {
  const name = `Terraform provider ${provider.namespace}/${provider.name}`;
  const { version, source } = provider;
  return {
    name,
    inspect() {
      if (!existsSync(mirrorFolder('terraform.rc')) || !existsSync(folderOf(provider)))
        return Promise.resolve(missing(name, `${version} is not in the cache`));
      const origin = existsSync(unpacked(provider)) ? 'built here' : 'from the registry';
      return Promise.resolve(ok(name, `${version}, ${origin}`));
    },
    async install(progress) {
      await produce(mirrorFolder('terraform.rc'), (file) => writeFile(file, configuration()));
      await produce(folderOf(provider), async (temporary) => {
        if (await download(provider, temporary, progress)) return;
        await obtain(source, progress);
        const folder = join(temporary, version, PLATFORM);
        await mkdir(folder, { recursive: true });
        await link(source.path, join(folder, `terraform-provider-${provider.name}_v${version}`));
      });
    },
    async builtWith() {
      return isMade(source) || (await terraformRegistryAnswers()) ? [] : source.tools;
    },
  };
});

/** Excluded from `direct`: Terraform would otherwise ask the registry which versions it has besides the mirror's. */
function configuration(): string {
  const addresses = PROVIDERS.map((provider) => `"${address(provider)}"`).join(', ');
  return `provider_installation {
  filesystem_mirror {
    path    = ${JSON.stringify(mirrorFolder('mirror'))}
    include = [${addresses}]
  }
  direct {
    exclude = [${addresses}]
  }
}
`;
}

/** Fills a provider's folder from the registry; false where that isn't reachable. */
async function download(provider: Provider, target: string, progress: Progress): Promise<boolean> {
  if (!(await terraformRegistryAnswers())) return false;
  progress.line(`terraform providers mirror (${address(provider)} ${provider.version})`);
  const work = temporaryName(mirrorFolder(`download-${provider.name}`));
  await mkdir(work, { recursive: true });
  try {
    await writeFile(join(work, 'main.tf'), demand(provider));
    const args = [`-chdir=${work}`, 'providers', 'mirror', `-platform=${PLATFORM}`, work];
    const answer = await ask(terraformProgram(), args, {
      timeout: 600_000,
      env: { CHECKPOINT_DISABLE: '1' },
    });
    if (answer.ok) await rename(join(work, address(provider)), target);
    else giveUpTerraformRegistry();
    return answer.ok;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

function demand({ namespace, name, version }: Provider): string {
  return `terraform {
  required_providers {
    ${name} = {
      source  = "${namespace}/${name}"
      version = "${version}"
    }
  }
}
`;
}
