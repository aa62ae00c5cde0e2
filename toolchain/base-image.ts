import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cachePath, keyOf, produce, temporaryName } from './cache';
import { run } from './command';
import { debootstrap } from './debian-tools';
import { hasImage, KEY_LABEL, loadImage, saveImage } from './docker';
import { ARCHITECTURE } from './platform';
import { ensure, type Progress, type Requirement } from './requirement';
import { ToolchainError } from './toolchain-error';

const SUITE = 'bookworm';
/** What the Dockerfiles of `toolchain/images` start from. */
export const BASE_IMAGE = `nuts-saas.local/base:${SUITE}`;

const PACKAGES = [
  'redis-server',
  'haproxy',
  'postgresql-15',
  'curl',
  'ca-certificates',
  'perl-base',
  'nftables',
];
/** Numbers as in the official image, since volumes keep them. */
const USERS = 'groupmod --gid 999 redis && usermod --uid 999 redis';
const LEFT_OUT = [
  './proc/*',
  './sys/*',
  './dev/*',
  './var/cache/apt/*',
  './var/lib/apt/lists/*',
  './var/log/*',
  './usr/share/man/*',
  './usr/share/locale/*',
  './etc/redis',
  './etc/haproxy',
  './var/lib/redis',
  './etc/postgresql',
  './var/lib/postgresql',
  // Only for PostgreSQL's compiler of queries, which tenants do without: a third of the image.
  './usr/lib/*/libLLVM-*',
  './usr/lib/llvm-*',
  './usr/lib/postgresql/*/lib/bitcode',
  './usr/sbin/policy-rc.d',
];

export const BASE_KEY = keyOf(SUITE, ARCHITECTURE, PACKAGES.join(), USERS, LEFT_OUT.join());

export function baseImageTools(): readonly Requirement[] {
  return existsSync(archive()) ? [] : [debootstrap];
}

export async function obtainBaseImage(progress: Progress): Promise<void> {
  if (await hasImage(BASE_IMAGE, BASE_KEY)) return;
  if (existsSync(archive())) return loadImage(archive(), progress);
  await ensure([debootstrap], progress);
  await produce(archive(), async (temporary) => {
    await importBaseImage(progress);
    await saveImage(BASE_IMAGE, temporary, progress);
  });
}

function archive(): string {
  return cachePath('images', `base-${BASE_KEY}.tar`);
}

async function importBaseImage(progress: Progress): Promise<void> {
  if (process.getuid?.() !== 0)
    throw new ToolchainError({
      what: "Can't build the base image.",
      why: 'Without Docker Hub, images are built with debootstrap, which only root can run.',
      remedy:
        'give Docker access to Docker Hub (or a mirror of it), or run this as root on a Debian-like system.',
    });
  const rootfs = temporaryName(cachePath('images', 'rootfs'));
  const tar = `${rootfs}.tar`;
  const options = {
    what: "Can't build the base image.",
    remedy: 'the Debian archive must be reachable (debootstrap uses http_proxy); run this again.',
    progress,
  };
  try {
    await mkdir(join(rootfs, 'usr', 'sbin'), { recursive: true });
    // Packages of servers start them when they are installed, on this machine; this says no.
    await writeFile(join(rootfs, 'usr', 'sbin', 'policy-rc.d'), '#!/bin/sh\nexit 101\n', { mode: 0o755 });
    const include = `--include=${PACKAGES.join(',')}`;
    // A mount namespace of its own: what debootstrap mounts disappears with it, also when it is killed.
    const bootstrap = ['debootstrap', '--variant=minbase', '--force-check-gpg', include, SUITE, rootfs];
    await run('unshare', ['--mount', ...bootstrap], options);
    await run('chroot', [rootfs, 'sh', '-c', USERS], options);
    const exclude = LEFT_OUT.map((path) => `--exclude=${path}`);
    await run('tar', ['--numeric-owner', ...exclude, '-C', rootfs, '-cf', tar, '.'], options);
    const change = ['--change', `LABEL ${KEY_LABEL}=${BASE_KEY}`];
    await run('docker', ['import', ...change, tar, BASE_IMAGE], options);
  } finally {
    await rm(rootfs, { recursive: true, force: true });
    await rm(tar, { force: true });
  }
}
