import { canInstallPackages, installPackages } from './apt';
import { ask, hasProgram } from './command';
import { missing, ok, type Requirement } from './requirement';
import { ToolchainError } from './toolchain-error';

/** A tool that a Debian-like system installs by itself. */
function debianTool(name: string, packages: readonly string[], isThere: () => Promise<boolean>): Requirement {
  const command = `apt-get install ${packages.join(' ')}`;
  return {
    name,
    async inspect() {
      if (await isThere()) return ok(name, 'installed');
      return canInstallPackages()
        ? missing(name, 'not installed')
        : missing(name, 'not installed', `run, as root: ${command}`);
    },
    async install(progress) {
      if (canInstallPackages()) return installPackages(packages, progress);
      throw new ToolchainError({
        what: `${name} is needed.`,
        why: 'It can only be installed by root, on a Debian-like system.',
        remedy: `run, as root: ${command}. Or give Docker access to Docker Hub: then nothing has to be built.`,
      });
    },
  };
}

export const pip = debianTool(
  'pip (to get Traefik without Docker Hub)',
  ['python3', 'python3-pip'],
  async () => (await ask('python3', ['-m', 'pip', '--version'])).ok,
);

export const debootstrap = debianTool(
  'debootstrap (to build images without Docker Hub)',
  ['debootstrap', 'debian-archive-keyring'],
  () => Promise.resolve(hasProgram('debootstrap')),
);
