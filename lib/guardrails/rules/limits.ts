import { eachContainer, type Rule } from '../rule';
import { block } from '../stack-json';

export const limits: Rule = {
  id: 'limits',
  severity: 'error',
  cause: "A container's memory, swap, CPU or logs are not bounded.",
  why: 'One tenant could take the memory, the processor or the disk from all others.',
  remedy: 'set memory and an equal memory_swap, cpus, and log_opts with max-size and max-file',
  sightings: eachContainer(({ values }) => {
    const logs = block(values.log_opts);
    const bounded = {
      memory: Number(values.memory) > 0,
      swap: values.memory_swap === values.memory,
      CPU: Number(values.cpus) > 0,
      logs:
        values.log_driver === 'none' ||
        (logs['max-size'] !== undefined && (logs['max-file'] !== undefined || values.log_driver === 'local')),
    };
    const missing = Object.entries(bounded).filter(([, holds]) => !holds);
    return missing.length > 0 ? `without a limit: ${missing.map(([name]) => name).join(', ')}` : undefined;
  }),
};
