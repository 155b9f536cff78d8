/** What may be hashed or signed: the part of JSON whose bytes are the same in every language. */
export type CanonicalValue =
  | string
  | number
  | boolean
  | null
  | readonly CanonicalValue[]
  | { readonly [key: string]: CanonicalValue | undefined };

/**
 * RFC 8785 (JSON Canonicalization Scheme) narrowed to integers, with all text in NFC: the same facts give the same
 * bytes. Members that are `undefined` are left out. Throws TypeError for fractions, unsafe integers, lone surrogates,
 * keys that become equal in NFC, and anything that is no JSON: hashing a guess would be worse than failing.
 */
export function canonicalJson(value: CanonicalValue): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return canonicalNumber(value);
  if (typeof value === 'string') return canonicalText(value);
  if (Array.isArray(value)) return `[${value.map((item: CanonicalValue) => canonicalJson(item)).join(',')}]`;
  if (isPlainObject(value)) return canonicalObject(value);
  throw new TypeError(`canonical JSON cannot hold ${typeof value}`);
}

export function canonicalBytes(value: CanonicalValue): Buffer {
  return Buffer.from(canonicalJson(value), 'utf8');
}

const LONE_SURROGATE = /\p{Surrogate}/u;

function canonicalNumber(value: number): string {
  if (!Number.isSafeInteger(value)) throw new TypeError('canonical JSON holds safe integers only');
  return String(value);
}

function canonicalText(value: string): string {
  if (LONE_SURROGATE.test(value)) throw new TypeError('canonical JSON holds well-formed text only');
  return JSON.stringify(value.normalize('NFC'));
}

function canonicalObject(value: { readonly [key: string]: CanonicalValue | undefined }): string {
  const members = new Map<string, string>();
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined) continue;
    const name = canonicalText(key);
    if (members.has(name)) throw new TypeError('canonical JSON: two keys are equal in NFC');
    members.set(name, canonicalJson(item));
  }
  const ordered = [...members].sort(([a], [b]) => byCodeUnits(JSON.parse(a) as string, JSON.parse(b) as string));
  return `{${ordered.map(([name, text]) => `${name}:${text}`).join(',')}}`;
}

/** RFC 8785 §3.2.3: by UTF-16 code units, which is how JavaScript compares strings. */
function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function isPlainObject(value: object): value is { readonly [key: string]: CanonicalValue | undefined } {
  const prototype: unknown = Object.getPrototypeOf(value);
  // Also one that was made in another realm.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
