import { eachContainer, type Rule } from '../rule';

export const writableRoot: Rule = {
  id: 'writable-root',
  severity: 'error',
  cause: 'A container can write to its own file system.',
  why: 'Who gets in can leave a program there that is run, and fill the disk of the host.',
  remedy: 'set read_only, and give what must be writable a tmpfs or a volume',
  sightings: eachContainer(({ values }) =>
    values.read_only === true ? undefined : 'its root file system is writable',
  ),
};
