import { started } from './containers';
import type { Resource, StackJson } from './stack-json';

/** `error` keeps stacks from being applied until it is mended or acknowledged; `warning` is only told. */
export type Severity = 'error' | 'warning';

/** Something of a stack that a rule doesn't like. */
export interface Finding {
  /** Id of the rule. */
  readonly rule: string;
  readonly severity: Severity;
  readonly stack: string;
  /** The construct's path, its stack first: what an acknowledgement names. */
  readonly where: string;
  /** What was found there, without any value that might be secret. */
  readonly what: string;
  readonly remedy: string;
}

/** What rules look at. */
export interface Subject {
  /** Every stack of the app: some things show only in two of them together. */
  readonly stacks: readonly StackJson[];
  readonly environment: 'development' | 'production';
}

/** Something found, before its rule's own words are added. */
export interface Sighting {
  readonly stack: StackJson;
  /** A resource, or the name of something else in the stack, such as `provider.vault`. */
  readonly at: Resource | string;
  readonly what: string;
}

/** Something that must hold for every stack. */
export interface Rule {
  readonly id: string;
  readonly severity: Severity;
  /** What breaks it. */
  readonly cause: string;
  /** What could happen. */
  readonly why: string;
  /** What to do instead. */
  readonly remedy: string;
  sightings(subject: Subject): readonly Sighting[];
}

/** What a rule has found. */
export function findings(rule: Rule, subject: Subject): Finding[] {
  return rule.sightings(subject).map(({ stack, at, what }) => ({
    rule: rule.id,
    severity: rule.severity,
    stack: stack.name,
    where: typeof at === 'string' ? `${stack.name}/${at}` : placeOf(stack, at),
    what,
    remedy: rule.remedy,
  }));
}

/** Where a resource is, as people say it: without the name that every construct gives its resource. */
export function placeOf(stack: StackJson, resource: Resource): string {
  return `${stack.name}/${(resource.path || resource.address).replace(/\/Resource$/, '')}`;
}

/** Looks at each container that runs. */
export function eachContainer(
  judge: (container: Resource, stack: StackJson, subject: Subject) => string | undefined,
): Rule['sightings'] {
  return (subject) =>
    subject.stacks.flatMap((stack) =>
      started(stack).flatMap((container) => sighting(stack, container, judge(container, stack, subject))),
    );
}

/** Looks at each resource of a type. */
export function eachResource(
  type: string,
  judge: (resource: Resource, stack: StackJson, subject: Subject) => string | undefined,
): Rule['sightings'] {
  return (subject) =>
    subject.stacks.flatMap((stack) =>
      stack.resources(type).flatMap((resource) => sighting(stack, resource, judge(resource, stack, subject))),
    );
}

function sighting(stack: StackJson, at: Resource, what: string | undefined): Sighting[] {
  return what === undefined ? [] : [{ stack, at, what }];
}
