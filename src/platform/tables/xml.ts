import { refuse } from '../../kernel/refusal.ts';
import type { TableLimits } from './table.ts';
import type { EntrySink } from './zip.ts';

/** Names come without their prefix: some office programs write `x:row`. */
export interface XmlHandler {
  open(name: string, attributes: string): void;
  close(name: string): void;
  text(content: string): void;
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

/** Tags of office documents are far shorter; one that is not was made to hold the reader up. */
const LONGEST_TAG = 32_768;
/** The same for text between two tags, and for comments. */
const LONGEST_TEXT = 131_072;
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
    if (++this.#spent > this.#most) tooComplex();
  }
}

function tooComplex(): never {
  return refuse('TABLE_TOO_COMPLEX', 'invalid');
}

function damaged(): never {
  return refuse('TABLE_DAMAGED', 'invalid');
}

/**
 * One pass over the XML of an office document as it inflates: no tree, no entity beyond the five of XML itself. A
 * document type, which could declare others, is refused.
 */
export class XmlReader implements EntrySink {
  readonly #handler: XmlHandler;
  readonly #budget: XmlBudget;
  readonly #deepest: number;
  readonly #decoder = new TextDecoder();
  /** What came before its end. */
  #rest = '';
  #depth = 0;

  constructor(handler: XmlHandler, budget: XmlBudget, limits: Pick<TableLimits, 'xmlDepth'>) {
    this.#handler = handler;
    this.#budget = budget;
    this.#deepest = limits.xmlDepth;
  }

  push(bytes: Uint8Array): void {
    const text = this.#decoder.decode(bytes, { stream: true });
    if (text.includes('\0')) damaged();
    this.#rest = this.#read(this.#rest + text);
  }

  end(): void {
    if (this.#depth > 0 || this.#rest.includes('<')) damaged();
  }

  /** Reads what is complete and gives back the rest. */
  #read(xml: string): string {
    let at = 0;
    for (;;) {
      const open = xml.indexOf('<', at);
      if (open < 0) break;
      if (open > at) {
        this.#budget.spend();
        this.#handler.text(decode(xml.slice(at, open)));
        at = open;
      }
      const next = this.#markup(xml, open);
      if (next < 0) break;
      at = next;
    }
    const rest = xml.slice(at);
    if (rest.length > LONGEST_TEXT) tooComplex();
    return rest;
  }

  /** Where the markup that begins here ends; -1 while its end has not come. */
  #markup(xml: string, open: number): number {
    if (xml.length - open < 9 && '<![CDATA['.startsWith(xml.slice(open))) return -1;
    if (xml.startsWith('<![CDATA[', open)) {
      const end = xml.indexOf(']]>', open);
      if (end >= 0) this.#handler.text(xml.slice(open + 9, end));
      return end < 0 ? -1 : end + 3;
    }
    if (xml.startsWith('<!--', open)) return after(xml, '-->', open + 4);
    if (xml.startsWith('<?', open)) return after(xml, '?>', open + 2);
    if (xml[open + 1] === '!' && !'<!--'.startsWith(xml.slice(open))) damaged();
    const end = endOfTag(xml, open);
    if (end < 0) return xml.length - open > LONGEST_TAG ? damaged() : -1;
    this.#tag(xml.slice(open + 1, end));
    return end + 1;
  }

  #tag(inside: string): void {
    this.#budget.spend();
    const closing = inside.startsWith('/');
    const selfClosing = inside.endsWith('/');
    const body = inside.slice(closing ? 1 : 0, selfClosing ? -1 : undefined);
    const space = body.search(/\s/);
    const qualified = space < 0 ? body : body.slice(0, space);
    const name = qualified.slice(qualified.indexOf(':') + 1);
    if (!closing) {
      if (++this.#depth > this.#deepest) tooComplex();
      this.#handler.open(name, space < 0 ? '' : body.slice(space));
    }
    if (closing || selfClosing) {
      this.#depth -= 1;
      this.#handler.close(name);
    }
  }
}

function after(xml: string, mark: string, from: number): number {
  const end = xml.indexOf(mark, from);
  return end < 0 ? -1 : end + mark.length;
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
