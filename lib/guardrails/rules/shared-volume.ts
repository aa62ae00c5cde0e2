import { nameOf } from '../containers';
import { bridges, leaks, volumes } from '../knowledge/volumes';
import type { Rule } from '../rule';

export const sharedVolume: Rule = {
  id: 'shared-volume',
  severity: 'error',
  cause: 'A volume is mounted by containers of two tenants, or a container mounts volumes of two tenants.',
  why: 'What is in the volume passes from one tenant to the other: data, keys, or a socket.',
  remedy:
    'give each tenant a volume of its own; into one of the platform may write what has no network and no other volume',
  sightings: ({ stacks }) => {
    const all = volumes(stacks);
    return [
      ...all.flatMap((volume) =>
        leaks(volume).map(({ stack, container }) => ({
          stack,
          at: container,
          what: `${nameOf(container)} mounts ${volume.name}, which ${
            volume.owner === undefined ? 'several tenants have in common' : `is tenant ${volume.owner}'s`
          }`,
        })),
      ),
      ...bridges(all).map(({ stack, container }) => ({
        stack,
        at: container,
        what: `${nameOf(container)} mounts volumes of more than one tenant`,
      })),
    ];
  },
};
