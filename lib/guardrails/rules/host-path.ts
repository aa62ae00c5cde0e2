import { platformOf, tenantOf } from '../containers';
import { hostPaths } from '../knowledge/volumes';
import { eachContainer, type Rule } from '../rule';

const NEVER = /^\/(|boot|dev|etc|home|lib|proc|root|run|sys|usr|var|var\/lib|var\/lib\/docker)(\/)?$/;

export const hostPath: Rule = {
  id: 'host-path',
  severity: 'error',
  cause:
    "A tenant's container mounts a path of the host; or any container one that it can write to, or the root of a part of the system.",
  why: 'Files of the host outlive the tenant, are shared with whatever else mounts them, and let a container change the host.',
  remedy: 'use a volume; of the host mount single files, read-only, and only into what the platform shares',
  sightings: eachContainer((container) => {
    const isTenants = tenantOf(container) !== undefined && platformOf(container) !== undefined;
    const refused = hostPaths(container).find(
      ({ source, readOnly }) => isTenants || !readOnly || NEVER.test(source),
    );
    return refused === undefined
      ? undefined
      : `it mounts ${refused.source}${refused.readOnly ? '' : ', and can write there'}`;
  }),
};
