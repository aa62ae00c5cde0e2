import { cachePath } from './cache';
import { dockerEngine } from './docker-engine';
import { images } from './images';
import { runSteps } from './progress';
import { providers } from './providers';
import type { Finding, Requirement } from './requirement';
import { terraform } from './terraform';
import { ToolchainError } from './toolchain-error';

/** In the order of installation: images need an engine, and the providers' download needs Terraform. */
function requirements(engine: boolean): readonly Requirement[] {
  return [...(engine ? [dockerEngine] : []), terraform, ...providers, ...(engine ? images : [])];
}

/** What is there and what isn't, in seconds and without changing anything. */
export async function inspectToolchain(): Promise<Finding[]> {
  const all = requirements(true);
  const findings = await Promise.all(all.map((requirement) => requirement.inspect()));
  const wanting = all.filter((_, index) => findings[index]?.state === 'missing');
  // A tool to build with matters only where something has to be built.
  const needed = await Promise.all(wanting.map(async (each) => (await each.builtWith?.()) ?? []));
  const tools = new Set(needed.flat());
  return [...findings, ...(await Promise.all([...tools].map((tool) => tool.inspect())))];
}

/** Gets what is missing and shows its progress. Silent where nothing is. */
export async function installToolchain(options: { engine?: boolean }): Promise<void> {
  const all = requirements(options.engine ?? true);
  const findings = await Promise.all(all.map((requirement) => requirement.inspect()));
  const wanting = all.filter((_, index) => findings[index]?.state === 'missing');
  await runSteps(
    wanting.map((requirement) => ({
      title: requirement.name,
      async run(progress) {
        // An earlier step may have brought it: an engine comes with the images it has.
        if ((await requirement.inspect()).state === 'missing') await requirement.install(progress);
        const finding = await requirement.inspect();
        if (finding.state === 'ok') return finding.detail;
        throw new ToolchainError({
          what: `${finding.name} is still missing after its installation.`,
          why: finding.detail,
          remedy: finding.remedy ?? `run this again; if that doesn't help, delete ${cachePath()} first.`,
        });
      },
    })),
  );
}
