import { refuse } from '../../kernel/refusal.ts';
import { orgPath, type OrgPath } from '../../kernel/scope.ts';
import type { LocalDate } from '../../kernel/time.ts';

export const UNIT_KINDS = ['subdistrictOffice', 'community', 'coBuildingUnit', 'socialOrganization', 'bureau'] as const;

export type UnitKind = (typeof UNIT_KINDS)[number];

/** Whose body it is: 市级, 区级, 街道级. */
export const UNIT_LEVELS = ['city', 'district', 'street'] as const;

export type UnitLevel = (typeof UNIT_LEVELS)[number];

export const UNIT_CODE = /^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/;

/** Folder beside the offices in which partner bodies stand; no office may have this code. */
const PARTNERS = 'units';

export interface OrgUnit {
  readonly id: string;
  readonly kind: UnitKind;
  /** Unique in the tenant; letters, digits and hyphens. */
  readonly code: string;
  readonly name: string;
  readonly orgPath: OrgPath;
  readonly level: UnitLevel | null;
  /** A post, not a person: 机关党委联络员. */
  readonly contactPost: string | null;
  readonly note: string | null;
  /** 发文机关标志: stands at the head of its letters and agreements; none where it prints on its own paper. */
  readonly letterhead: string | null;
  /** 落款: the full name that it signs with, where that is not its name here. */
  readonly signsAs: string | null;
  /** First day on which it is no longer there; null while it is. */
  readonly leftOn: LocalDate | null;
  readonly version: number;
}

/** A unit takes part in a community's co-building from `joinedOn` to the day before `leftOn`. */
export interface Membership {
  readonly unitId: string;
  readonly communityId: string;
  readonly joinedOn: LocalDate;
  readonly leftOn: LocalDate | null;
}

/** One line of a list of units. */
export interface UnitRow {
  readonly code: string;
  readonly name: string;
  readonly kind: UnitKind;
  /** Code or name of the office above a community; not needed where there is one office only. */
  readonly parent?: string | undefined;
  /** Codes or names of the communities that a partner body joins. */
  readonly communities?: readonly string[] | undefined;
  readonly level?: UnitLevel | undefined;
  readonly contactPost?: string | undefined;
  readonly note?: string | undefined;
}

/** As letters and agreements name it. */
export function nameOnPaper({ name, signsAs }: Pick<OrgUnit, 'name' | 'signsAs'>): string {
  return signsAs ?? name;
}

export function isPartner(kind: UnitKind): boolean {
  return kind !== 'community' && kind !== 'subdistrictOffice';
}

export function isThere(period: { readonly leftOn: LocalDate | null }, on: LocalDate): boolean {
  return period.leftOn === null || on < period.leftOn;
}

/**
 * Offices and communities are the tree itself (`/office/community/`); partner bodies stand beside it, because they
 * reach communities through dated memberships and may join several (architecture.md §4).
 * Refuses `UNIT_CODE_INVALID` and `UNIT_PARENT_UNKNOWN`.
 */
export function unitPath(kind: UnitKind, code: string, parent: OrgPath | undefined): OrgPath {
  const node = code.toLowerCase();
  if (!UNIT_CODE.test(code) || (kind === 'subdistrictOffice' && node === PARTNERS)) refuse('UNIT_CODE_INVALID', 'invalid');
  if (isPartner(kind)) return orgPath(`/${PARTNERS}/${node}/`);
  if (kind === 'subdistrictOffice') return orgPath(`/${node}/`);
  return parent ? orgPath(`${parent}${node}/`) : refuse('UNIT_PARENT_UNKNOWN', 'rule');
}
