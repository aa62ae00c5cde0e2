import type { PathRule } from './vault-policy';

/** A pattern of Vault: `+` is one segment, a `*` at the end any ending, and anywhere else they are what they are. */
interface Pattern {
  readonly segments: readonly string[];
  readonly isPrefix: boolean;
}

function patternOf(path: string): Pattern {
  const isPrefix = path.endsWith('*');
  return { segments: (isPrefix ? path.slice(0, -1) : path).split('/'), isPrefix };
}

const ANY = /[+*]/;

/** Whether some path is matched by both patterns. */
export function pathsMeet(one: string, other: string): boolean {
  // Most have not even their beginnings in common, and with hundreds of tenants there are millions to compare.
  for (let index = 0; index < one.length && index < other.length; index++) {
    const [left, right] = [one.charAt(index), other.charAt(index)];
    if (ANY.test(left) || ANY.test(right)) break;
    if (left !== right) return false;
  }
  return meet(patternOf(one), patternOf(other));
}

function meet(a: Pattern, b: Pattern): boolean {
  for (let index = 0; ; index++) {
    const [left, right] = [a.segments[index], b.segments[index]];
    if (left === undefined || right === undefined) return left === right;
    const leftIsLast = a.isPrefix && index === a.segments.length - 1;
    const rightIsLast = b.isPrefix && index === b.segments.length - 1;
    if (leftIsLast || rightIsLast) {
      if (leftIsLast && rightIsLast) return left.startsWith(right) || right.startsWith(left);
      return leftIsLast ? begins(right, left) : begins(left, right);
    }
    if (left !== right && left !== '+' && right !== '+') return false;
  }
}

function begins(segment: string, prefix: string): boolean {
  return segment === '+' || segment.startsWith(prefix);
}

/** Whether a pattern matches a path as it stands. */
export function matchesPath(pattern: string, path: string): boolean {
  const { segments, isPrefix } = patternOf(pattern);
  const parts = path.split('/');
  if (isPrefix ? parts.length < segments.length : parts.length !== segments.length) return false;
  return segments.every((segment, index) => {
    const part = parts[index] ?? '';
    if (isPrefix && index === segments.length - 1) return part.startsWith(segment);
    return segment === '+' ? part !== '' : segment === part;
  });
}

/**
 * What policies together let their holder do on a path. Of the patterns that match, the one that Vault ranks highest decides, and no
 * other (developer.hashicorp.com/vault/docs/concepts/policies, "Priority matching"); `deny` in it ends all.
 */
export function capabilitiesAt(rules: readonly PathRule[], path: string): readonly string[] {
  const matching = rules.filter((rule) => matchesPath(rule.path, path));
  const [highest] = matching.map((rule) => rule.path).sort(byRank);
  const granted = new Set(
    matching.filter((rule) => rule.path === highest).flatMap(({ capabilities }) => capabilities),
  );
  return granted.has('deny') ? [] : [...granted];
}

/** The higher first. */
function byRank(one: string, other: string): number {
  const order = [
    firstWildcard(other) - firstWildcard(one),
    Number(one.endsWith('*')) - Number(other.endsWith('*')),
    pluses(one) - pluses(other),
    other.length - one.length,
    one < other ? 1 : -1,
  ];
  return order.find((difference) => difference !== 0) ?? 0;
}

function firstWildcard(path: string): number {
  const found = path.search(/(?<=^|\/)\+(?=\/|$)|\*$/);
  return found === -1 ? Number.MAX_SAFE_INTEGER : found;
}

function pluses(path: string): number {
  return path.split('/').filter((segment) => segment === '+').length;
}
