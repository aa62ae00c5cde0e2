import type { JsonObject, StackJson } from './stack-json';

/** JSON that a mutation may change. */
export type Mutable = Record<string, unknown>;

/** Something that must hold for every stack. */
export interface Rule {
  readonly name: string;
  /** What breaks it, none when it holds. */
  findings(stack: StackJson): string[];
  /** Breaks it in a copy of a stack's JSON; says whether the stack has what can be broken. */
  breakIt(json: Mutable): boolean;
}

/** The resources of a type in a copy of a stack's JSON. */
export function mutableResources(json: Mutable, type: string): Mutable[] {
  const byType = json.resource as Record<string, Record<string, Mutable>>;
  return Object.values(byType[type] ?? {});
}

export function copyOf(json: JsonObject): Mutable {
  return structuredClone(json);
}
