import type { OrgPath } from '../../../kernel/scope.ts';
import type { Instant } from '../../../kernel/time.ts';

/** Which field each column of one source holds. */
export interface FieldMapping {
  readonly field: string;
  /** Headings as the preview names them; several for the choices of one question. */
  readonly headings: readonly string[];
  /** Of amounts, where neither heading nor cell is to decide. */
  readonly unit: MoneyUnit | null;
  /** What the source says → the code it means. */
  readonly values: Readonly<Record<string, string>>;
  /** Where the source says nothing. */
  readonly fixed: string | null;
  /** Of several choices the first; without it a second choice is an error of the row. */
  readonly first: boolean;
}

export const MONEY_UNITS = ['元', '千元', '万元', '亿元'] as const;

export type MoneyUnit = (typeof MONEY_UNITS)[number];

export interface MappingContent {
  readonly fields: readonly FieldMapping[];
  /** Headings whose cells together tell one answer from another, where rows bear no number of their own. */
  readonly identity: readonly string[];
}

/** Confirmed by a person, and applied to every file with these headings. */
export interface Mapping extends MappingContent {
  readonly id: string;
  readonly kind: 'needs' | 'offers' | 'proposals' | 'projects';
  /** What people call where the files come from. */
  readonly source: string;
  /** Files of this subtree; a nearer mapping goes before a wider one. */
  readonly orgPath: OrgPath;
  readonly fingerprint: string;
  readonly version: number;
  readonly confirmedAt: Instant;
  readonly confirmedBy: string;
}

/** What looks right, for a person to confirm or change. */
export interface Suggestion extends MappingContent {
  readonly source: string | null;
  readonly fingerprint: string;
}

/** Columns that name or track a person and serve no purpose here: never read, whatever a mapping says. */
const PERSONAL = /^(来自)?ip$|ip地址|身份证|证件号|openid|unionid|微信(号|名|昵称|id)|^微信$|昵称|头像|经纬度|定位(信息|地址)?$|设备(号|型号|信息|id)|银行卡|银行账号|家庭住址|门牌号/;

export function isPersonalHeading(heading: string): boolean {
  return PERSONAL.test(plainHeading(heading));
}

/** A heading without what differs from print to print. */
export function plainHeading(heading: string): string {
  return heading.normalize('NFKC').replace(/\s+/g, '').toLowerCase();
}

/** Fields whose cells are shown masked. */
export const PERSONAL_FIELDS: Readonly<Record<string, 'name' | 'phone' | 'freeText'>> = { name: 'name', phone: 'phone', words: 'freeText' };
