import { isMade, obtain } from './artifact';
import { ask } from './command';
import { goTool } from './go-tool';
import { missing, ok, type Requirement } from './requirement';
import { ToolchainError } from './toolchain-error';
import { isAtLeast } from './versions';

/** The first with write-only arguments, which keep secrets out of the state. */
const MINIMUM = '1.11.0';
const NAME = `Terraform ≥ ${MINIMUM}`;

// Like the release, which is made of the same commit: without it, the version ends in -dev.
export const terraformBuild = goTool('terraform', {
  variables: { 'github.com/hashicorp/terraform/version.dev': 'no' },
});

/** The Terraform that was built into the cache, if it was. */
export function cachedTerraform(): string | undefined {
  return isMade(terraformBuild) ? terraformBuild.path : undefined;
}

export function terraformProgram(): string {
  return cachedTerraform() ?? 'terraform';
}

export const terraform: Requirement = {
  name: NAME,

  async inspect() {
    const program = terraformProgram();
    // Without this, Terraform asks a server whether it is the newest.
    const answer = await ask(program, ['version', '-json'], { env: { CHECKPOINT_DISABLE: '1' } });
    const version = parseTerraformVersion(answer.output);
    if (version === undefined) return missing(NAME, 'not on PATH');
    if (!isAtLeast(version, MINIMUM)) return missing(NAME, `${version} on PATH is too old`);
    return ok(NAME, program === 'terraform' ? `${version} on PATH` : `${version} in the cache`);
  },

  async install(progress) {
    const go = (await Promise.all(terraformBuild.tools.map((tool) => tool.inspect()))).find(
      ({ state }) => state === 'missing',
    );
    if (go !== undefined && !isMade(terraformBuild))
      throw new ToolchainError({
        what: `${NAME} is needed.`,
        why: `It is not on PATH (or too old), and it can't be built without Go: ${go.detail}.`,
        remedy:
          'install Terraform (https://developer.hashicorp.com/terraform/install), or install Go and run this again.',
      });
    await obtain(terraformBuild, progress);
  },

  builtWith: () => Promise.resolve(isMade(terraformBuild) ? [] : terraformBuild.tools),
};

export function parseTerraformVersion(json: string): string | undefined {
  try {
    const report: unknown = JSON.parse(json);
    if (typeof report !== 'object' || report === null || !('terraform_version' in report)) return undefined;
    return typeof report.terraform_version === 'string' ? report.terraform_version : undefined;
  } catch {
    return undefined;
  }
}
