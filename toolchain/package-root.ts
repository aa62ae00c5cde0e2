import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A path in this package. The code runs from `toolchain/` and from `dist/toolchain/`: the root is where package.json is. */
export function inPackage(...segments: string[]): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`No package.json above ${__dirname}.`);
    folder = parent;
  }
  return join(folder, ...segments);
}
