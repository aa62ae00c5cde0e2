import { ask, lastLines, run, type Answer } from './command';
import type { Progress } from './requirement';
import { ToolchainError } from './toolchain-error';

const CONNECTION =
  'see that the Docker Engine runs and has disk space left (`docker info`), then run this again.';

/** The version of the engine, when it answers. */
export function askEngine(): Promise<Answer> {
  return ask('docker', ['version', '--format', '{{.Server.Version}}']);
}

export async function hasImage(reference: string, key?: string): Promise<boolean> {
  const label = `{{index .Config.Labels "${KEY_LABEL}"}}`;
  const answer = await ask('docker', [
    'image',
    'inspect',
    '--format',
    key === undefined ? '' : label,
    reference,
  ]);
  return answer.ok && (key === undefined || answer.output === key);
}

/** Says which ingredients an image was built from: an image of the same name may be an older build. */
export const KEY_LABEL = 'nuts-saas.key';

export function loadImage(archive: string, progress: Progress): Promise<void> {
  return run('docker', ['load', '--input', archive], {
    what: `Can't load the image of ${archive}.`,
    remedy: `delete that file if it is damaged, and ${CONNECTION}`,
    progress,
  });
}

export function saveImage(reference: string, archive: string, progress: Progress): Promise<void> {
  return run('docker', ['save', '--output', archive, reference], {
    what: `Can't save the image ${reference}.`,
    remedy: CONNECTION,
    progress,
  });
}

export async function pullImage(reference: string, progress: Progress): Promise<Answer> {
  try {
    await run('docker', ['pull', reference], {
      what: `Can't pull ${reference}.`,
      remedy: CONNECTION,
      progress,
    });
    return { ok: true, output: reference, reason: '' };
  } catch (error) {
    if (error instanceof ToolchainError)
      return { ok: false, output: '', reason: lastLines(error.why.split('\n'), 1) };
    throw error;
  }
}

/** Builds without any network: everything comes with the context. */
export async function buildImage(
  reference: string,
  key: string,
  context: string,
  progress: Progress,
): Promise<void> {
  const options = ['--network', 'none', '--label', `${KEY_LABEL}=${key}`, '--tag', reference];
  await run('docker', ['build', ...options, context], {
    what: `Can't build the image ${reference}.`,
    remedy: CONNECTION,
    progress,
    env: await builderOfEngine(),
  });
}

/** Only the engine's own builder sees the base image, which no registry has: BuildKit where there is a plug-in for it. */
async function builderOfEngine(): Promise<Record<string, string>> {
  const hasBuildx = (await ask('docker', ['buildx', 'version'])).ok;
  return hasBuildx
    ? { DOCKER_BUILDKIT: '1', BUILDX_BUILDER: 'default', BUILDX_NO_DEFAULT_ATTESTATIONS: '1' }
    : { DOCKER_BUILDKIT: '0' };
}
