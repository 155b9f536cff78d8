import fc from 'fast-check';

/** The part of OpenAPI 3.0's schema objects that our schemas become. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number | boolean;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

export type Components = Readonly<Record<string, Schema>>;

export interface Mutant {
  readonly name: string;
  readonly body: unknown;
  /** The schema itself forbids it; otherwise a rule may take it. */
  readonly forbidden: boolean;
}

const FORMATS: Readonly<Record<string, string>> = {
  uuid: '5f0e6c1a-3b1d-4c57-9a52-6a4f3d1b2c01',
  date: '2026-10-20',
  'date-time': '2026-10-20T08:00:00.000000Z',
  email: 'sample@example.org',
  uri: 'https://example.org/',
};

export function resolve(schema: Schema, components: Components): Schema {
  const target = schema.$ref && components[schema.$ref.split('/').at(-1) ?? ''];
  if (schema.$ref && !target) throw new Error(`${schema.$ref} is not described`);
  return target ? resolve(target, components) : schema;
}

/** A value the schema accepts, the same on each run. */
export function sampleOf(given: Schema, components: Components): unknown {
  const schema = resolve(given, components);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const choice = (schema.anyOf ?? schema.oneOf)?.[0];
  if (choice) return sampleOf(choice, components);
  if (schema.allOf) {
    const parts = schema.allOf.map((part) => sampleOf(part, components));
    return parts.every(isRecord) ? (Object.assign({}, ...parts) as unknown) : parts[0];
  }
  switch (schema.type) {
    case 'string':
      return sampleText(schema);
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 0, Math.min(1, schema.maximum ?? 1), Number(schema.exclusiveMinimum ?? -1) + 1);
    case 'boolean':
      return true;
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => sampleOf(schema.items ?? {}, components));
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, part]) => [name, sampleOf(part, components)]),
      );
    default:
      return 'sample';
  }
}

function sampleText({ format, pattern, minLength = 0, maxLength = 200 }: Schema): string {
  const known = format === undefined ? undefined : FORMATS[format];
  if (known !== undefined) return known;
  const fits = (text: string): boolean => text.length >= minLength && text.length <= maxLength;
  if (pattern !== undefined) {
    const [text] = fc.sample(fc.stringMatching(new RegExp(pattern, 'u')).filter(fits), { numRuns: 1, seed: 20261020 });
    return text ?? '';
  }
  return 'sample text '.repeat(Math.ceil(minLength / 12) || 1).slice(0, Math.min(maxLength, Math.max(minLength, 12)));
}

const HOSTILE = [`=1+1' OR 1=1 -- \${7*7} ../../etc/passwd`, '𠮷\u202Eevil\u200B', ''];

/** Wrong, missing, extra, huge, empty: one change to an accepted body at a time. */
export function mutantsOf(given: Schema, components: Components): Mutant[] {
  const valid = sampleOf(given, components);
  const wholes = [null, [], 'text', 5, true].map((body): Mutant => ({ name: `body ${JSON.stringify(body)}`, body, forbidden: true }));
  const nest = (depth: number): unknown => (depth === 0 ? 1 : { a: nest(depth - 1) });
  return [
    ...wholes,
    { name: 'body nested 60 deep', body: nest(60), forbidden: true },
    ...changes(resolve(given, components), valid, components).map(({ name, value, forbidden }) => ({ name, body: value, forbidden })),
  ];
}

interface Change {
  readonly name: string;
  readonly value: unknown;
  readonly forbidden: boolean;
}

function changes(schema: Schema, valid: unknown, components: Components): Change[] {
  if (isRecord(valid) && schema.properties) return objectChanges(schema, valid, components);
  if (schema.type === 'array' && schema.items) {
    const item = sampleOf(schema.items, components);
    const inner = changes(resolve(schema.items, components), item, components);
    const long = schema.maxItems === undefined ? [] : [at('too many items', Array<unknown>(schema.maxItems + 1).fill(item), true)];
    return [...wrongTypes(schema), ...long, ...inner.map((it) => ({ ...it, name: `[0] ${it.name}`, value: [it.value] }))];
  }
  return [...wrongTypes(schema), ...extremes(schema)];
}

function objectChanges(schema: Schema, valid: Record<string, unknown>, components: Components): Change[] {
  const closed = schema.additionalProperties === false;
  const extra = at('extra field', { ...valid, unheardOf: 1 }, closed);
  const parts = Object.entries(schema.properties ?? {}).flatMap(([name, part]) => {
    const { [name]: _, ...without } = valid;
    const missing = at(`without ${name}`, without, schema.required?.includes(name) ?? false);
    const inner = changes(resolve(part, components), valid[name], components);
    return [missing, ...inner.map((it) => ({ ...it, name: `${name}: ${it.name}`, value: { ...valid, [name]: it.value } }))];
  });
  return [extra, ...parts];
}

/** Nothing, a scalar and a container of another type stand for all. */
function wrongTypes({ type, nullable }: Schema): Change[] {
  const scalar: [string, unknown] = type === 'string' || type === 'boolean' ? ['a number', 12_345.678] : ['a string', 'text of the wrong kind'];
  const container: [string, unknown] = type === 'object' ? ['an array', [{}]] : ['an object', { a: 1 }];
  const values: [string, unknown][] = [...(nullable ? [] : [['null', null] as [string, unknown]]), scalar, container];
  return values.map(([name, value]) => at(name, value, type !== undefined));
}

function extremes(schema: Schema): Change[] {
  if (schema.type === 'string') {
    const huge = 'x'.repeat(200_000);
    return [
      at('NUL', 'a\u0000b', true),
      at('huge', huge, schema.maxLength !== undefined || schema.format !== undefined || schema.enum !== undefined),
      ...HOSTILE.map((text) => at(JSON.stringify(text), text, schema.format === 'uuid' || (schema.minLength ?? 0) > text.length)),
    ];
  }
  if (schema.type === 'integer' || schema.type === 'number') {
    return [
      at('huge', 1e300, schema.maximum !== undefined),
      at('hugely negative', -1e300, schema.minimum !== undefined),
      at('half', 0.5, schema.type === 'integer'),
    ];
  }
  return [];
}

function at(name: string, value: unknown, forbidden: boolean): Change {
  return { name, value, forbidden };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
