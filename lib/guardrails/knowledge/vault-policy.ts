/** What a policy lets its holder do on the paths that a pattern matches. */
export interface PathRule {
  readonly path: string;
  readonly capabilities: readonly string[];
}

const TOKEN =
  /\s+|#[^\n]*|\/\/[^\n]*|\/\*[^]*?\*\/|"((?:[^"\\]|\\.)*)"|([A-Za-z_][\w-]*)|([{}[\]=,:])|(-?\d+)/y;

// The older way to write capabilities.
const LEVELS: Readonly<Record<string, readonly string[]>> = {
  deny: ['deny'],
  read: ['read', 'list'],
  write: ['create', 'read', 'update', 'delete', 'list'],
  sudo: ['create', 'read', 'update', 'delete', 'list', 'sudo'],
};

/**
 * Reads a policy in HCL, or in its JSON form.
 *
 * @throws when it can't be read for certain: a policy that nobody understands may allow anything
 */
export function parsePolicy(policy: string): PathRule[] {
  const words = tokens(policy);
  // JSON is the same, but for a pair of braces around it.
  if (words[0] === '{' && words.at(-1) === '}') return readPaths(words.slice(1, -1));
  return readPaths(words);
}

/** Texts keep their first quote, which tells them from words. */
function tokens(text: string): string[] {
  const found: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const start = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) throw new Error(`"${text.slice(start, start + 20)}" can't be read as a policy`);
    const [, quoted, word, sign, number] = match;
    if (quoted !== undefined) found.push(`"${quoted.replaceAll(/\\(.)/g, '$1')}`);
    else if (word !== undefined || sign !== undefined || number !== undefined) found.push(match[0]);
  }
  return found;
}

function readPaths(words: readonly string[]): PathRule[] {
  const reader = new Reader(words);
  const rules: PathRule[] = [];
  while (!reader.atEnd) {
    const key = reader.name();
    // In JSON all paths are in one object; in HCL each has its own block. A name is no path.
    if (key !== 'path') {
      reader.skipValue();
      continue;
    }
    reader.optional('=', ':');
    if (reader.next === '{') reader.members(() => rules.push(readRule(reader)));
    else rules.push(readRule(reader));
    reader.optional(',');
  }
  return rules;
}

function readRule(reader: Reader): PathRule {
  const path = reader.text();
  reader.optional('=', ':');
  let capabilities: readonly string[] = [];
  reader.members(() => {
    const key = reader.name();
    reader.optional('=', ':');
    if (key === 'capabilities') capabilities = [...capabilities, ...reader.texts()];
    else if (key === 'policy') capabilities = [...capabilities, ...(LEVELS[reader.text()] ?? [])];
    else reader.skipValue();
  });
  return { path, capabilities };
}

class Reader {
  private position = 0;

  constructor(private readonly words: readonly string[]) {}

  get atEnd(): boolean {
    return this.position >= this.words.length;
  }

  get next(): string | undefined {
    return this.words[this.position];
  }

  optional(...signs: readonly string[]): void {
    if (this.next !== undefined && signs.includes(this.next)) this.position++;
  }

  name(): string {
    return this.take().replace(/^"/, '');
  }

  text(): string {
    const word = this.take();
    if (!word.startsWith('"')) throw new Error(`"${word}" is not a text of a policy`);
    return word.slice(1);
  }

  texts(): string[] {
    const found: string[] = [];
    this.expect('[');
    while (this.next !== ']') {
      found.push(this.text());
      this.optional(',');
    }
    this.expect(']');
    return found;
  }

  members(read: () => void): void {
    this.expect('{');
    while (this.next !== '}') {
      read();
      this.optional(',');
    }
    this.expect('}');
  }

  /** A value of any kind, its label and sign before it included. */
  skipValue(): void {
    this.optional('=', ':');
    const word = this.take();
    if (word === '[' || word === '{') this.skipTo(word === '[' ? ']' : '}');
    else if (this.next === '{') this.skipValue();
    this.optional(',');
  }

  private skipTo(end: string): void {
    while (this.next !== end) {
      const word = this.take();
      if (word === '[' || word === '{') this.skipTo(word === '[' ? ']' : '}');
    }
    this.position++;
  }

  private expect(sign: string): void {
    const word = this.take();
    if (word !== sign) throw new Error(`a policy has "${word}" where "${sign}" should be`);
  }

  private take(): string {
    const word = this.words[this.position++];
    if (word === undefined) throw new Error('a policy ends in the middle');
    return word;
  }
}
