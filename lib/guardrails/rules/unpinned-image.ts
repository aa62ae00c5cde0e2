import { eachContainer, type Rule } from '../rule';
import { textOf } from '../stack-json';

export const unpinnedImage: Rule = {
  id: 'unpinned-image',
  severity: 'error',
  cause: 'A container runs an image without a tag or digest, or the one tagged `latest`.',
  why: 'What runs would change without a plan that shows it, and no two hosts would run the same.',
  remedy: 'name a version or a digest, such as redis:7.2.11 or redis@sha256:…',
  sightings: eachContainer((container, stack) => {
    const image = textOf(container.values.image);
    const pulled = /^\$\{docker_image\.([\w-]+)\./.exec(image)?.[1];
    const reference =
      pulled === undefined
        ? stack.literal(image)
        : stack.literal(textOf(stack.resources('docker_image').find(({ id }) => id === pulled)?.values.name));
    return isPinned(reference) ? undefined : `the image is ${reference === '' ? 'unknown' : reference}`;
  }),
};

/** By a digest, or by a tag that isn't `latest`. */
function isPinned(image: string): boolean {
  const name = image.split('/').at(-1) ?? '';
  return image.includes('@sha256:') || (name.includes(':') && !name.endsWith(':latest'));
}
