import type { StackJson } from './stack-json';

/** Computes something of stacks once: with hundreds of tenants every rule would otherwise read all of them again. */
export function once<T>(compute: (stacks: readonly StackJson[]) => T): (stacks: readonly StackJson[]) => T {
  const known = new WeakMap<readonly StackJson[], { readonly value: T }>();
  return (stacks) => {
    const found = known.get(stacks) ?? { value: compute(stacks) };
    known.set(stacks, found);
    return found.value;
  };
}
