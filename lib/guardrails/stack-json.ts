import type { TerraformStack } from 'cdktf';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** A resource or data source of a synthesised stack. */
export interface Resource {
  readonly type: string;
  readonly id: string;
  /** `type.id`, or `data.type.id`: what Terraform's state calls it. */
  readonly address: string;
  /** Where it is in the construct tree, without the stack. */
  readonly path: string;
  readonly values: JsonObject;
}

const REFERENCE = /\$\{([a-z_0-9]+)\.([\w-]+)\.(\w+)\}/g;

/** The JSON of one stack, as Terraform gets it: what overrides and aspects did is in it too. */
export class StackJson {
  constructor(
    readonly name: string,
    readonly json: JsonObject,
  ) {}

  /** A stack must be prepared before: `prepareStack` finds what it needs of others. */
  static of(stack: TerraformStack): StackJson {
    const json: unknown = JSON.parse(JSON.stringify(stack.toTerraform()));
    return new StackJson(stack.node.id, json as JsonObject);
  }

  /** Byte for byte what two synthesised stacks can be compared by. */
  get text(): string {
    return JSON.stringify(this.json);
  }

  resources(type?: string): Resource[] {
    return this.blocks('resource', '').filter((resource) => type === undefined || resource.type === type);
  }

  dataSources(): Resource[] {
    return this.blocks('data', 'data.');
  }

  /** The only resource of a type whose construct path ends so. */
  resource(type: string, pathEnd: string): Resource {
    const found = this.resources(type).filter(({ path }) => path.endsWith(pathEnd));
    const [resource] = found;
    if (resource === undefined || found.length > 1)
      throw new Error(`${this.name} has ${found.length} of ${type} at …${pathEnd}`);
    return resource;
  }

  /** A text with references to names, paths and the like of this stack replaced by what they will be. */
  literal(text: string): string {
    return text.replaceAll(REFERENCE, (whole, type: string, id: string, attribute: string) => {
      const value = this.resources(type).find((resource) => resource.id === id)?.values[attribute];
      return typeof value === 'string' && value !== whole ? this.literal(value) : whole;
    });
  }

  /** The provider blocks of the stack, by the provider's name. */
  providers(): { readonly name: string; readonly values: JsonObject }[] {
    return Object.entries(object(this.json.provider ?? {})).flatMap(([name, blocks]) =>
      objects(blocks).map((values) => ({ name, values })),
    );
  }

  private readonly read = new Map<string, Resource[]>();

  private blocks(kind: string, prefix: string): Resource[] {
    const known = this.read.get(kind) ?? this.readBlocks(kind, prefix);
    this.read.set(kind, known);
    return known;
  }

  private readBlocks(kind: string, prefix: string): Resource[] {
    const types = Object.entries(object(this.json[kind] ?? {}));
    return types.flatMap(([type, byId]) =>
      Object.entries(object(byId)).map(([id, block]) => {
        const values = object(block);
        const { path } = object(object(values['//'] ?? {}).metadata ?? {});
        return {
          type,
          id,
          address: `${prefix}${type}.${id}`,
          path: textOf(path).split('/').slice(1).join('/'),
          values,
        };
      }),
    );
  }
}

export function object(value: Json | undefined): JsonObject {
  if (!isObject(value)) throw new Error(`${JSON.stringify(value)} is not an object`);
  return value;
}

/** A value as text; empty for what has none. */
export function textOf(value: Json | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The objects of a list, none when it is absent. Where Terraform's JSON wants blocks, one alone may do without the list. */
export function objects(value: Json | undefined): JsonObject[] {
  return (isObject(value) ? [value] : list(value)).filter(isObject);
}

/** The only block of its kind, however it is written; empty when there is none. */
export function block(value: Json | undefined): JsonObject {
  return objects(value)[0] ?? {};
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

/** Every text in a JSON value, keys left out. */
export function texts(value: Json): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => (key === '//' ? [] : texts(part)));
}
