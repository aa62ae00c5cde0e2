/** A user of Redis, as its ACL file describes it. */
export interface RedisUser {
  readonly name: string;
  readonly isOn: boolean;
  readonly needsNoPassword: boolean;
  /** Patterns of the keys that it may use, in any way. */
  readonly keys: readonly string[];
  /** `+@all`, `+get` and the like, in their order. */
  readonly commands: readonly string[];
}

/** Reads an ACL file: a user a line. */
export function parseAcl(text: string): RedisUser[] {
  return text
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([word]) => word === 'user')
    .map(([, name = '', ...given]) => {
      // A selector in parentheses is one more way to be let in.
      const rules = given.map((rule) => rule.replaceAll(/^\(|\)$/g, ''));
      return {
        name,
        isOn: rules.includes('on'),
        needsNoPassword: rules.includes('nopass'),
        keys: rules.flatMap(keyPattern),
        commands: rules.flatMap(commandRule),
      };
    });
}

function keyPattern(rule: string): string[] {
  if (rule === 'allkeys') return ['*'];
  const pattern = /^(?:%(?:R|W|RW|WR))?~(.*)$/.exec(rule)?.[1];
  return pattern === undefined ? [] : [pattern];
}

function commandRule(rule: string): string[] {
  if (rule === 'allcommands') return ['+@all'];
  if (rule === 'nocommands') return ['-@all'];
  return /^[+-]/.test(rule) ? [rule] : [];
}

/** The keys that the node of a tenant uses: data, locks, and sessions of v6. */
export function keysOf(tenant: string): string[] {
  return [`${tenant}_*`, `lock_${tenant}_*`, `${tenant}.*`];
}

/** Whether some key is matched by both patterns. A set in brackets counts as any character. */
export function keysMeet(one: string, other: string): boolean {
  return meet(simplified(one), simplified(other));
}

function simplified(pattern: string): string {
  return pattern.replaceAll(/\[[^\]]*\]/g, '?').replaceAll(/\*+/g, '*');
}

function meet(one: string, other: string): boolean {
  if (one === '' && other === '') return true;
  if (one.startsWith('*')) return meet(one.slice(1), other) || (other !== '' && meet(one, other.slice(1)));
  if (other.startsWith('*')) return meet(other, one);
  if (one === '' || other === '') return false;
  const [left, right] = [one.charAt(0), other.charAt(0)];
  return (left === right || left === '?' || right === '?') && meet(one.slice(1), other.slice(1));
}
