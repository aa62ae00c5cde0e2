import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LineCounter, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Document, YAMLError } from 'yaml';
import type { Problem } from './configuration-error';
import { looksSecret, shown, shownKey } from './secrets';

export type Path = readonly PropertyKey[];

// Twenty times what the largest has; looking for keys that are written twice takes a time that grows with the square of it.
const LONGEST_FILE = 65_536;

/** A YAML file that remembers on which line each of its keys is. */
export class YamlSource {
  /** Whether the file could be read; when it couldn't, its problems are reported already. */
  readonly isReadable: boolean;
  /** The file's content as plain values; undefined when it couldn't be read. */
  readonly value: unknown;
  private readonly document: Document | undefined;
  private readonly lines = new LineCounter();

  constructor(
    directory: string,
    readonly file: string,
    private readonly problems: Problem[],
  ) {
    try {
      const text = readFileSync(join(directory, file), 'utf8');
      if (text.length > LONGEST_FILE) {
        this.isReadable = false;
        this.reportSize(text.length);
        return;
      }
      const document = parseDocument(text, {
        lineCounter: this.lines,
        // A pretty error quotes the line, which may hold a secret.
        prettyErrors: false,
        stringKeys: true,
        // A level below would let a second document pass.
        logLevel: 'error',
      });
      const faults = [...document.errors, ...document.warnings];
      for (const fault of mostTelling(faults)) this.reportSyntax(fault);
      this.isReadable = faults.length === 0;
      if (this.isReadable) this.value = document.toJS();
      this.document = document;
    } catch (error) {
      this.isReadable = false;
      this.reportUnreadable(error);
    }
  }

  /** The file's content when it is a set of keys, as it should be. */
  get keys(): Readonly<Record<string, unknown>> | undefined {
    const { value } = this;
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  }

  /** Adds a problem with the key at a path, and with its value when there is one. */
  report(path: Path, message: string, remedy: string, options: { hideValue?: boolean } = {}): void {
    const value = options.hideValue === true ? undefined : shown(this.at(path));
    this.problems.push({
      file: this.file,
      line: this.lineOf(path),
      ...(path.length > 0 && { key: shownKey(path) }),
      ...(value !== undefined && { value }),
      message,
      remedy,
    });
  }

  /** The value at a path. */
  at(path: Path): unknown {
    return path.reduce<unknown>(
      (value, part) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, part)
          ? (value as Record<PropertyKey, unknown>)[part]
          : undefined,
      this.value,
    );
  }

  /** The line of the key at a path, or of the nearest part of the path that exists. */
  private lineOf(path: Path): number {
    let node: unknown = this.document?.contents;
    let offset = 0;
    for (const part of path) {
      if (isMap(node)) {
        const pair = node.items.find(({ key }) => isScalar(key) && key.value === part);
        if (pair === undefined || !isScalar(pair.key)) break;
        offset = pair.key.range?.[0] ?? offset;
        node = pair.value;
      } else if (isSeq(node)) {
        const item = node.items[Number(part)];
        if (!isScalar(item) && !isMap(item) && !isSeq(item)) break;
        offset = item.range?.[0] ?? offset;
        node = item;
      } else break;
    }
    return this.lineAt(offset);
  }

  private lineAt(offset: number): number {
    return Math.max(1, this.lines.linePos(offset).line);
  }

  private reportSyntax(error: YAMLError): void {
    const isDuplicate = error.code === 'DUPLICATE_KEY';
    // What follows a colon in a parser's message is a piece of the file.
    const start = (error.message.split(/[:"]/)[0] ?? '').trim();
    const reason = looksSecret(start) ? "a piece of it can't be read" : start;
    this.problems.push({
      file: this.file,
      line: this.lineAt(error.pos[0]),
      message: isDuplicate ? 'a key is written twice' : `this is not valid YAML: ${reason}`,
      remedy: isDuplicate
        ? 'keep one of the two; YAML readers disagree on which one counts'
        : 'mind the indentation, and put quotes around text that has a colon, # or another special character in it',
    });
  }

  private reportSize(length: number): void {
    this.problems.push({
      file: this.file,
      message: `the file has ${length} characters, and may have ${LONGEST_FILE}`,
      remedy: 'look for what was pasted into it by mistake',
    });
  }

  private reportUnreadable(error: unknown): void {
    const code =
      typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
    this.problems.push({
      file: this.file,
      message: code === undefined ? 'the file is not usable YAML' : `the file can't be read (${code})`,
      remedy:
        code === 'ENOENT'
          ? `write ${this.file}, or run this in the directory that has it`
          : code === undefined
            ? 'take out aliases (*name) and deep nesting'
            : 'check what the file is and who may read it',
    });
  }
}

// One slip makes a parser stumble over much that follows it.
function mostTelling(faults: readonly YAMLError[]): YAMLError[] {
  const first = faults.find(({ code }) => code !== 'DUPLICATE_KEY');
  return faults.filter((fault) => fault === first || fault.code === 'DUPLICATE_KEY');
}
