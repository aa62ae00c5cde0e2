interface Rule {
  readonly path: string;
  readonly capabilities: readonly string[];
}

/** What a policy lets its holder do on a path, as Vault decides it: the most specific rule that matches, and no other. */
export function capabilities(policy: string, path: string): readonly string[] {
  const matching = parse(policy).filter((rule) => matches(rule.path, path));
  const [decisive] = matching.sort((one, other) => specificity(other.path) - specificity(one.path));
  return decisive?.capabilities ?? [];
}

function parse(policy: string): Rule[] {
  return [...policy.matchAll(/path "([^"]+)" \{\s*capabilities = \[([^\]]*)\]\s*\}/g)].map(
    ([, path = '', list = '']) => ({
      path,
      capabilities: [...list.matchAll(/"(\w+)"/g)].map(([, name = '']) => name),
    }),
  );
}

function matches(pattern: string, path: string): boolean {
  const isPrefix = pattern.endsWith('*');
  const segments = (isPrefix ? pattern.slice(0, -1) : pattern)
    .split('+')
    .map((part) => part.replaceAll(/[.\\/]/g, '\\$&'));
  return new RegExp(`^${segments.join('[^/]+')}${isPrefix ? '' : '$'}`).test(path);
}

/** An exact path counts more than a prefix, and a longer one more than a shorter one. */
function specificity(pattern: string): number {
  return pattern.length + (/[*+]/.test(pattern) ? 0 : 10_000);
}
