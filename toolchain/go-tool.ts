import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Artifact } from './artifact';
import { cachePath, keyOf, produce } from './cache';
import { run } from './command';
import { go } from './go';
import { inPackage } from './package-root';
import { PLATFORM } from './platform';

export interface GoToolOptions {
  readonly tags?: string;
  /** Values of the package variables that a release build would set with the linker. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** The program that the `tool` line of `toolchain/go/<name>/go.mod` names; go.sum fixes all that goes into it. */
export function goTool(name: string, options: GoToolOptions = {}): Artifact {
  const source = inPackage('toolchain', 'go', name);
  const flags = buildFlags(options);
  let key: string | undefined;
  const folder = (): string => {
    const ingredients = () => ['go.mod', 'go.sum'].map((file) => readFileSync(join(source, file)));
    key ??= keyOf(...ingredients(), flags.join(' '), PLATFORM);
    return cachePath('go', `${name}-${key}`);
  };
  return {
    get path() {
      return join(folder(), name);
    },
    tools: [go],
    make: (progress) =>
      produce(folder(), async (temporary) => {
        await mkdir(temporary);
        const module = toolOf(readFileSync(join(source, 'go.mod'), 'utf8'));
        await run('go', ['build', '-v', ...flags, '-o', join(temporary, name), module], {
          what: `Can't build ${name}.`,
          remedy:
            'the Go module proxy must be reachable (see `go env GOPROXY`). Run this again: it goes on where it stopped.',
          progress,
          cwd: source,
          // The user's own Go settings are for other work; a static binary runs in any image.
          env: { CGO_ENABLED: '0', GOFLAGS: '-buildvcs=false', GOWORK: 'off', GOTOOLCHAIN: 'auto' },
        });
      }),
  };
}

export function toolOf(goMod: string): string {
  const tool = /^tool (\S+)$/m.exec(goMod)?.[1];
  if (tool === undefined) throw new Error('go.mod has no tool line.');
  return tool;
}

function buildFlags({ tags, variables = {} }: GoToolOptions): string[] {
  const assignments = Object.entries(variables).map(([variable, value]) => `-X ${variable}=${value}`);
  return [
    '-trimpath',
    '-ldflags',
    ['-s', '-w', ...assignments].join(' '),
    ...(tags === undefined ? [] : ['-tags', tags]),
  ];
}
