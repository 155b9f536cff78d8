import { refuse } from '../../kernel/refusal.ts';

export interface XmlPart {
  readonly kind: 'open' | 'close' | 'text';
  /** Element name without its prefix (some office tools write `x:row`); empty for text. */
  readonly name: string;
  /** Raw attributes of an opening tag, or the decoded text. */
  readonly content: string;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decode(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w{1,8}));/g, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    const point = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return isCharacter(point) ? String.fromCodePoint(point) : whole;
  });
}

/** NUL and lone surrogates are no characters of XML, and no database stores them. */
function isCharacter(point: number): boolean {
  return point > 0 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
}

/** The value of one attribute, prefix ignored; undefined where it is absent. */
export function attribute(attributes: string, name: string): string | undefined {
  const plain = attributes.indexOf(` ${name}="`);
  if (plain >= 0) {
    const from = plain + name.length + 3;
    return decode(attributes.slice(from, attributes.indexOf('"', from)));
  }
  if (!attributes.includes(name)) return undefined;
  for (const match of attributes.matchAll(/([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    if (match[1] === name || match[1]?.endsWith(`:${name}`)) return decode(match[2] ?? match[3] ?? '');
  }
  return undefined;
}

/** How often whoever reads a long document lets others have their turn. */
const PARTS_A_TURN = 20_000;
/** Tags of office documents are far shorter; one that is not was made to hold the reader up. */
const LONGEST_TAG = 32_768;
const GREATER = '>'.charCodeAt(0);
const QUOTES: ReadonlySet<number> = new Set([`"`.charCodeAt(0), `'`.charCodeAt(0)]);

/** What reading one file may cost, over all its documents. Refuses `TABLE_TOO_COMPLEX`. */
export class XmlBudget {
  readonly #most: number;
  #spent = 0;

  constructor(most: number) {
    this.#most = most;
  }

  spend(): void {
    if (++this.#spent > this.#most) refuse('TABLE_TOO_COMPLEX', 'invalid', { most: this.#most });
  }

  /** Time to let others have their turn. */
  get due(): boolean {
    return this.#spent % PARTS_A_TURN === 0;
  }
}

function endOfTag(xml: string, from: number): number {
  const most = Math.min(xml.length, from + LONGEST_TAG);
  for (let at = from; at < most; at += 1) {
    const character = xml.charCodeAt(at);
    if (character === GREATER) return at;
    if (QUOTES.has(character)) at = xml.indexOf(xml[at]!, at + 1);
    if (at < 0) return -1;
  }
  return -1;
}

/**
 * One pass over the XML of an office document: no tree, no entity beyond the five of XML itself. A document
 * type, which could declare others, is refused.
 */
export function* xmlParts(xml: string, budget: XmlBudget): Generator<XmlPart, void, undefined> {
  let at = 0;
  for (;;) {
    budget.spend();
    const open = xml.indexOf('<', at);
    const text = xml.slice(at, open < 0 ? xml.length : open);
    if (text !== '') yield { kind: 'text', name: '', content: decode(text) };
    if (open < 0) return;
    if (xml.startsWith('<![CDATA[', open)) {
      const end = xml.indexOf(']]>', open);
      if (end < 0) refuse('TABLE_DAMAGED', 'invalid');
      yield { kind: 'text', name: '', content: xml.slice(open + 9, end) };
      at = end + 3;
      continue;
    }
    const skipTo = xml.startsWith('<!--', open) ? '-->' : xml.startsWith('<?', open) ? '?>' : undefined;
    if (skipTo === undefined && xml[open + 1] === '!') refuse('TABLE_DAMAGED', 'invalid');
    const end = skipTo === undefined ? endOfTag(xml, open) : xml.indexOf(skipTo, open);
    if (end < 0) refuse('TABLE_DAMAGED', 'invalid');
    at = end + (skipTo?.length ?? 1);
    if (skipTo === undefined) yield* tag(xml.slice(open + 1, end));
  }
}

function* tag(inside: string): Generator<XmlPart, void, undefined> {
  const closing = inside.startsWith('/');
  const selfClosing = inside.endsWith('/');
  const body = inside.slice(closing ? 1 : 0, selfClosing ? -1 : undefined);
  const space = body.search(/\s/);
  const qualified = space < 0 ? body : body.slice(0, space);
  const name = qualified.slice(qualified.indexOf(':') + 1);
  if (closing) {
    yield { kind: 'close', name, content: '' };
    return;
  }
  yield { kind: 'open', name, content: space < 0 ? '' : body.slice(space) };
  if (selfClosing) yield { kind: 'close', name, content: '' };
}
