import { ask, hasProgram, run } from './command';
import type { Progress } from './requirement';

/** Packages can be installed without asking anybody: root on Debian or one of its children. */
export function canInstallPackages(): boolean {
  return process.getuid?.() === 0 && hasProgram('apt-get');
}

export async function installPackages(packages: readonly string[], progress: Progress): Promise<void> {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  progress.line('apt-get update');
  // One unreachable source among many fails the update; whether that matters shows at the installation.
  await ask('apt-get', ['update', '-q'], { timeout: 300_000, env });
  // Another apt-get may be at work: wait for it rather than fail.
  const args = ['-o', 'DPkg::Lock::Timeout=120', 'install', '-y', '--no-install-recommends', ...packages];
  await run('apt-get', args, {
    what: `Can't install ${packages.join(', ')}.`,
    remedy: 'install these Debian packages by hand, then run this command again.',
    progress,
    env,
  });
}
