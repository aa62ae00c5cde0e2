import { eachResource, type Rule } from '../rule';
import type { Json } from '../stack-json';

const MUST_BE_READABLE = [
  'capabilities',
  'devices',
  'env',
  'labels',
  'mounts',
  'network_mode',
  'networks_advanced',
  'ports',
  'upload',
  'volumes',
];

/** Without it the other rules would pass over what they can't see. */
export const unreadable: Rule = {
  id: 'unreadable',
  severity: 'error',
  cause: 'What a container may do is an expression, or a `dynamic` block, that only Terraform can work out.',
  why: 'The other rules read what is synthesised; here they would see nothing, and say nothing.',
  remedy: 'write the value out in TypeScript, so that it is in the synthesised JSON',
  sightings: eachResource('docker_container', ({ values }) => {
    const hidden = MUST_BE_READABLE.filter((key) => isExpression(values[key]));
    if (values.dynamic !== undefined) return 'it has a dynamic block';
    return hidden.length > 0 ? `${hidden.join(', ')}: known only to Terraform` : undefined;
  }),
};

function isExpression(value: Json | undefined): boolean {
  if (typeof value === 'string') return value.includes('${');
  return (
    Array.isArray(value) && value.some((part: Json) => typeof part === 'string' && /^\$\{[^}]*\}$/.test(part))
  );
}
