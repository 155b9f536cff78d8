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

export type PersonalTrace = 'phone' | 'idNumber' | 'account' | 'room';

const CHINESE_DIGITS = '〇一二三四五六七八九';

const TRACES: readonly (readonly [PersonalTrace, RegExp])[] = [
  ['idNumber', /(?<!\d)[1-9](?:[\s\-.·]*\d){16}[\s\-.·]*[\dXx](?!\d)/],
  ['account', /(?<!\d)\d(?:[\s-]*\d){14,18}(?!\d)/],
  ['phone', /(?<!\d)1[3-9](?:[\s\-._·]*\d){9}(?!\d)/],
  ['phone', /(?<!\d)0\d{2,3}[\s\-)]*\d{7,8}(?!\d)/],
  ['room', /(?:栋|幢|座|号楼|单元)\s*\d{3,4}(?!\d|\s*(?:户|人|米|平|元|年))/],
  ['room', /(?<!\d)\d{3,4}\s*室/],
  ['room', /(?<![\d-])\d{1,2}-\d{1,2}-\d{3,4}(?![\d-])/],
];

/**
 * Signs of a particular person in a text meant for everyone: phone, identity, account and room numbers, also with
 * blanks, in full-width or Chinese digits. A name is not found; that is what triage by a person is for.
 */
export function personalTraces(text: string): PersonalTrace[] {
  const digits = text
    .normalize('NFKC')
    .replace(/[零幺]/g, (sign) => (sign === '零' ? '〇' : '一'))
    .replace(/[〇一二三四五六七八九]/g, (sign) => String(CHINESE_DIGITS.indexOf(sign)));
  return [...new Set(TRACES.filter(([, pattern]) => pattern.test(digits)).map(([trace]) => trace))];
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
