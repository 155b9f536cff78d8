import type { Trace } from '../audit/model.ts';
import type { Instant } from '../kernel/time.ts';

/**
 * What needs are about and units can help with (一老一少、吃住行医育护, and the fields the sources add to them).
 * One list for needs, offers and proposals, so that what is asked and what is given can meet.
 */
export const CATEGORIES = [
  'elderly',
  'children',
  'dining',
  'housing',
  'mobility',
  'medical',
  'education',
  'care',
  'environment',
  'safety',
  'culture',
  'employment',
  'governance',
  'other',
] as const;

export type Category = (typeof CATEGORIES)[number];

export type RecordKind = 'need' | 'offer' | 'proposal';

/** Letters before the human number: 需求 XQ, 资源 ZY, 方案 FA. */
const LETTERS: Readonly<Record<RecordKind, string>> = { need: 'XQ', offer: 'ZY', proposal: 'FA' };

/** `XQ-0001`; longer once there are more than 9,999. */
export function humanNumber(kind: RecordKind, serial: number): string {
  return `${LETTERS[kind]}-${String(serial).padStart(4, '0')}`;
}

/** What `humanNumber` was made of. */
export function serialOf(number: string): number {
  return Number(number.slice(3));
}

export type PersonalTrace = 'phone' | 'idNumber' | 'account' | 'room' | 'plate';

const CHINESE_DIGITS = '〇一二三四五六七八九';

const TRACES: readonly (readonly [PersonalTrace, RegExp])[] = [
  ['idNumber', /(?<!\d)[1-9](?:[\s\-.·]*\d){16}[\s\-.·]*[\dXx](?!\d)/g],
  ['account', /(?<!\d)\d(?:[\s-]*\d){14,18}(?!\d)/g],
  ['phone', /(?<!\d)1[3-9](?:[\s\-._·]*\d){9}(?!\d)/g],
  ['phone', /(?<!\d)0\d{2,3}[\s\-)]*\d{7,8}(?!\d)/g],
  ['phone', /(?:电话|座机|手机|联系|致电|拨打|tel)[^\d，。；]{0,8}\d(?:[\s-]?\d){6,7}(?!\d)/gi],
  // Province, letter of the city, five signs (six on electric cars): GA 36-2018.
  ['plate', /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]\s?[A-Z][\s·.-]?(?:[A-Z0-9]\s?){4,5}[A-Z0-9挂学警港澳](?![A-Z0-9])/gi],
  ['room', /(?:栋|幢|座|号楼|单元)\s*\d{3,4}(?!\d|\s*(?:户|人|米|平|元|年))/g],
  ['room', /(?<!\d)\d{3,4}\s*室/g],
  ['room', /(?<![\d-])\d{1,2}-\d{1,2}-\d{3,4}(?![\d-])/g],
];

/** What stands in a text where something personal was taken out of it. */
const TAKEN_OUT = '＊＊＊';

/** The text as the patterns read it, and for each of its characters where it stands in the text itself. */
function levelled(text: string): { readonly letters: string; readonly at: readonly number[] } {
  let letters = '';
  const at: number[] = [];
  let place = 0;
  for (const sign of text) {
    const plain = sign
      .normalize('NFKC')
      .replace(/[零幺]/g, (digit) => (digit === '零' ? '〇' : '一'))
      .replace(/[〇一二三四五六七八九]/g, (digit) => String(CHINESE_DIGITS.indexOf(digit)));
    for (let count = plain.length; count > 0; count -= 1) at.push(place);
    letters += plain;
    place += sign.length;
  }
  return { letters, at: [...at, place] };
}

interface Sign {
  readonly kind: PersonalTrace;
  readonly from: number;
  readonly until: number;
}

function signsIn(text: string): Sign[] {
  const { letters, at } = levelled(text);
  return TRACES.flatMap(([kind, pattern]) =>
    [...letters.matchAll(pattern)].map((match) => ({ kind, from: at[match.index]!, until: at[match.index + match[0].length]! })),
  );
}

/**
 * Signs of a particular person in a text meant for everyone: phone, identity, account, room and plate numbers, also
 * with blanks, in full-width or Chinese digits. A name is not found; that is what triage by a person is for.
 */
export function personalTraces(text: string): PersonalTrace[] {
  return [...new Set(signsIn(text).map(({ kind }) => kind))];
}

/** The text with asterisks where it bore such signs. */
export function withoutTraces(text: string): string {
  let masked = '';
  let done = 0;
  for (const { from, until } of signsIn(text).sort((a, b) => a.from - b.from || b.until - a.until)) {
    if (from >= done) masked += text.slice(done, from) + TAKEN_OUT;
    done = Math.max(done, until);
  }
  return masked + text.slice(done);
}

/** The command behind a change: its id gives new records theirs, its instant is business time. */
export interface Intent {
  readonly commandId: string;
  readonly at: Instant;
  readonly trace?: Trace;
}

/** What became of one row of a batch; null = done. */
export interface RowOutcome {
  readonly id: string;
  readonly code: string | null;
}

/** What an edit may change: absent or undefined = as it is. */
export type Changes<Fields> = { readonly [Key in keyof Fields]?: Fields[Key] | undefined };

export function changed<Whole extends object>(whole: Whole, changes: Changes<Whole>): Whole {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  return { ...whole, ...(Object.fromEntries(given) as Partial<Whole>) };
}
