import { readFileSync } from 'node:fs';
import { copyFile, link, mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { IMAGES, type Images } from '../lib/images';
import { isMade, obtain, type Artifact } from './artifact';
import { BASE_IMAGE, BASE_KEY, baseImageTools, obtainBaseImage } from './base-image';
import { cachePath, keyOf, temporaryName } from './cache';
import { ask } from './command';
import { buildImage } from './docker';
import { goTool } from './go-tool';
import { inPackage } from './package-root';
import { ARCHITECTURE } from './platform';
import type { Progress, Requirement } from './requirement';
import { ToolchainError } from './toolchain-error';
import { parseVersion } from './versions';
import { wheelProgram } from './wheel';

/** The images that are always needed. The v5.4 node is left out: it exists on Docker Hub only, and is pulled when a tenant asks for it. */
export type ImageName = Exclude<keyof Images, 'nutsNodeV54'>;

/** How an image is built where Docker Hub isn't reachable. */
export interface ImageRecipe {
  readonly name: ImageName;
  /** Its folder in `toolchain/images`, and its name after `nuts-saas.local/`. */
  readonly folder: string;
  /** What is really in it, which differs from the official image's version. */
  readonly version: string | (() => Promise<string>);
  readonly program?: Artifact;
}

const NUTS_NODE = '6.1.9-73-g910dfaa9f3eb';
const NUTS_CORE = 'github.com/nuts-foundation/nuts-node/core';

export const RECIPES: readonly ImageRecipe[] = [
  { name: 'redis', folder: 'redis', version: () => debianVersion('redis-server', '--version') },
  {
    name: 'postgres',
    folder: 'postgres',
    version: () => debianVersion('/usr/lib/postgresql/15/bin/postgres', '--version'),
  },
  { name: 'haproxy', folder: 'haproxy', version: () => debianVersion('haproxy', '-v') },
  {
    name: 'traefik',
    folder: 'traefik',
    version: '3.7.15',
    program: wheelProgram('traefik', 'traefik'),
  },
  {
    name: 'nutsNodeV6',
    folder: 'nuts-node',
    version: NUTS_NODE,
    program: goTool('nuts-node', {
      variables: { [`${NUTS_CORE}.GitVersion`]: NUTS_NODE, [`${NUTS_CORE}.GitCommit`]: '910dfaa9f3eb' },
    }),
  },
  { name: 'coredns', folder: 'coredns', version: '1.15.0', program: goTool('coredns') },
  {
    name: 'nftables',
    folder: 'nftables',
    version: () => debianVersion('nft', '--version'),
  },
  { name: 'vault', folder: 'vault', version: '1.21.0', program: goTool('vault', { tags: 'minimal' }) },
];

export function recipeKey(recipe: ImageRecipe): string {
  const program = recipe.program?.path.slice(cachePath().length) ?? '';
  return keyOf(dockerfile(recipe), program, startsFromBase(recipe) ? BASE_KEY : '', ARCHITECTURE);
}

/** Where it is noted whether an image was pulled or built: two versions of this project on one machine don't undo each other's choice. */
export function recordFile(recipe: ImageRecipe): string {
  return cachePath('images', `${recipe.folder}-${keyOf(IMAGES[recipe.name], recipeKey(recipe))}.json`);
}

/** The tools for what isn't in the cache yet. */
export function recipeTools(recipe: ImageRecipe): readonly Requirement[] {
  const { program } = recipe;
  return [
    ...(startsFromBase(recipe) ? baseImageTools() : []),
    ...(program === undefined || isMade(program) ? [] : program.tools),
  ];
}

/** Builds an image in the engine; its name tells that it isn't the official one, and what is in it. */
export async function buildRecipe(recipe: ImageRecipe, progress: Progress): Promise<string> {
  const { folder, program, version } = recipe;
  if (program !== undefined) await obtain(program, progress);
  if (startsFromBase(recipe)) await obtainBaseImage(progress);
  const reference = `nuts-saas.local/${folder}:${typeof version === 'string' ? version : await version()}`;
  const context = temporaryName(cachePath('images', `context-${folder}`));
  await mkdir(context, { recursive: true });
  try {
    await copyFile(inPackage('toolchain', 'images', folder, 'Dockerfile'), join(context, 'Dockerfile'));
    if (program !== undefined) await link(program.path, join(context, basename(program.path)));
    await buildImage(reference, recipeKey(recipe), context, progress);
  } finally {
    await rm(context, { recursive: true, force: true });
  }
  return reference;
}

function dockerfile(recipe: ImageRecipe): string {
  return readFileSync(inPackage('toolchain', 'images', recipe.folder, 'Dockerfile'), 'utf8');
}

function startsFromBase(recipe: ImageRecipe): boolean {
  return dockerfile(recipe).includes(`FROM ${BASE_IMAGE}`);
}

/** Debian decides which version of its programs it is. */
async function debianVersion(...program: string[]): Promise<string> {
  const args = ['run', '--rm', '--network', 'none', BASE_IMAGE, ...program];
  const answer = await ask('docker', args, { timeout: 60_000 });
  const version = parseVersion(answer.output);
  if (version !== undefined) return version;
  throw new ToolchainError({
    what: "Can't run the base image.",
    why: `This was run: docker ${args.join(' ')}\n${answer.reason}`,
    remedy: 'see that the Docker Engine can run containers (`docker info`), then run this again.',
  });
}
