import { eachContainer, type Rule } from '../rule';
import { list, textOf } from '../stack-json';

export const privileged: Rule = {
  id: 'privileged',
  severity: 'error',
  cause:
    'A container is privileged, has a device of the host, or runs without a confinement that Docker gives by default.',
  why: 'A privileged container is root of the host with little in between.',
  remedy: 'leave privileged, devices and gpus out, and seccomp and AppArmor on',
  sightings: eachContainer(({ values }) => {
    if (values.privileged !== undefined && values.privileged !== false) return 'it is privileged';
    if (values.devices !== undefined || values.gpus !== undefined) return 'it has devices of the host';
    const unconfined = list(values.security_opts)
      .map(textOf)
      .find((option) => /unconfined|disable/.test(option));
    return unconfined === undefined ? undefined : `it runs with ${unconfined}`;
  }),
};
