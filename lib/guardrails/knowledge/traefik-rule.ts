/** A request, as far as rules of routers look at it. */
export interface Request {
  readonly host: string;
  readonly path: string;
}

const TOKEN = /\s+|(&&|\|\||!|\(|\)|,)|([A-Za-z]+)|`([^`]*)`|"([^"]*)"/y;

type Matcher = (request: Request, values: readonly string[]) => boolean;

const MATCHERS: Readonly<Record<string, Matcher>> = {
  Host: ({ host }, names) => names.some((name) => name.toLowerCase() === host),
  HostHeader: ({ host }, names) => names.some((name) => name.toLowerCase() === host),
  HostSNI: ({ host }, names) => names.some((name) => name === '*' || name.toLowerCase() === host),
  Path: ({ path }, paths) => paths.includes(path),
  PathPrefix: ({ path }, paths) => paths.some((prefix) => path.startsWith(prefix)),
};

// Whoever asks has them right: methods, headers, a query and what else a client chooses.
const CHOSEN_BY_CLIENT: Matcher = () => true;

/**
 * Whether a router with a rule would take a request, if the client does its best to be taken.
 *
 * @returns true for a rule that can't be read: it may take anything
 */
export function takes(rule: string, request: Request): boolean {
  try {
    return new Evaluation(words(rule), request).result();
  } catch {
    return true;
  }
}

function words(rule: string): string[] {
  const found: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < rule.length) {
    const match = TOKEN.exec(rule);
    if (match === null) throw new Error('this rule has a sign that Traefik has not');
    const [, sign, name, quoted, text] = match;
    const literal = quoted ?? text;
    if (literal !== undefined) found.push(`"${literal}`);
    else if (sign !== undefined || name !== undefined) found.push(match[0]);
  }
  return found;
}

class Evaluation {
  private position = 0;

  constructor(
    private readonly tokens: readonly string[],
    private readonly request: Request,
  ) {}

  result(): boolean {
    const value = this.anyOf();
    if (this.position < this.tokens.length) throw new Error('this rule goes on after its end');
    return value;
  }

  private anyOf(): boolean {
    let value = this.allOf();
    while (this.skip('||')) value = this.allOf() || value;
    return value;
  }

  private allOf(): boolean {
    let value = this.one();
    while (this.skip('&&')) value = this.one() && value;
    return value;
  }

  private one(): boolean {
    if (this.skip('!')) return this.negated();
    if (this.skip('(')) {
      const value = this.anyOf();
      this.take(')');
      return value;
    }
    const { name, values } = this.matcher();
    if (name.endsWith('Regexp')) return this.fits(name, values);
    return (MATCHERS[name] ?? CHOSEN_BY_CLIENT)(this.request, values);
  }

  // What a client can choose, it can choose not to have as well.
  private negated(): boolean {
    const isKnown = Object.hasOwn(MATCHERS, this.tokens[this.position] ?? '');
    const value = this.one();
    return !isKnown || !value;
  }

  private fits(name: string, patterns: readonly string[]): boolean {
    const { host, path } = this.request;
    if (!/^(Host|HostSNI|Path)Regexp$/.test(name)) return true;
    return patterns.some((pattern) => new RegExp(pattern).test(name.startsWith('Path') ? path : host));
  }

  private matcher(): { name: string; values: string[] } {
    const name = this.take();
    const values: string[] = [];
    this.take('(');
    while (!this.skip(')')) {
      if (this.skip(',')) continue;
      const value = this.take();
      if (!value.startsWith('"')) throw new Error('a matcher of this rule has no text');
      values.push(value.slice(1));
    }
    return { name, values };
  }

  private skip(sign: string): boolean {
    if (this.tokens[this.position] !== sign) return false;
    this.position++;
    return true;
  }

  private take(sign?: string): string {
    const token = this.tokens[this.position++];
    if (token === undefined || (sign !== undefined && token !== sign))
      throw new Error('this rule ends too early');
    return token;
  }
}
