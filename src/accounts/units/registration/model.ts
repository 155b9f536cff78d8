import { Refusal, type RefusalParams } from '../../../kernel/refusal.ts';
import type { OrgPath } from '../../../kernel/scope.ts';
import { isPartner, unitPath, type OrgUnit, type UnitKind, type UnitRow } from '../model.ts';

/** Why one line of the list cannot be taken. */
export interface RowError {
  /** Index into the given lines. */
  readonly index: number;
  readonly field: keyof UnitRow;
  readonly code: string;
  readonly params?: RefusalParams;
}

export interface PlannedUnit extends Omit<UnitRow, 'parent' | 'communities'> {
  readonly orgPath: OrgPath;
}

/** What a list of units amounts to, given what is registered already. */
export interface Registration {
  readonly create: readonly PlannedUnit[];
  readonly update: readonly { readonly unit: OrgUnit; readonly row: UnitRow }[];
  /** By code, because the units may not exist yet. */
  readonly join: readonly { readonly unit: string; readonly community: string }[];
  readonly unchanged: number;
  readonly errors: readonly RowError[];
}

interface Known {
  readonly code: string;
  readonly kind: UnitKind;
  readonly name: string;
  readonly orgPath: OrgPath;
}

const TREE_ORDER: readonly UnitKind[] = ['subdistrictOffice', 'community'];

/**
 * Plans a list in which communities may be named by code or name, in any order of lines. A line whose code is
 * registered changes that unit, so that the same list twice changes nothing; wrong lines are left out and said.
 */
export function planRegistration(rows: readonly UnitRow[], registered: readonly OrgUnit[]): Registration {
  const known = new Map<string, Known>(registered.map((unit) => [unit.code.toLowerCase(), unit]));
  const units = new Map(registered.map((unit) => [unit.code.toLowerCase(), unit]));
  const seen = new Set<string>();
  const create: PlannedUnit[] = [];
  const update: { unit: OrgUnit; row: UnitRow }[] = [];
  const join: { unit: string; community: string }[] = [];
  const errors: RowError[] = [];
  let unchanged = 0;
  for (const { row, index } of inTreeOrder(rows)) {
    const unit = units.get(row.code.toLowerCase());
    const failed = errorIn(row, unit, seen, known);
    seen.add(row.code.toLowerCase());
    if (failed) {
      errors.push({ index, ...failed });
      continue;
    }
    if (unit && sameAs(unit, row)) unchanged += 1;
    else if (unit) update.push({ unit, row });
    else {
      const planned = { ...row, orgPath: unitPath(row.kind, row.code, officeOf(row, known)?.orgPath) };
      known.set(row.code.toLowerCase(), planned);
      create.push(planned);
    }
    for (const named of row.communities ?? []) join.push({ unit: unit?.code ?? row.code, community: find(known, named, 'community')!.code });
  }
  errors.sort((a, b) => a.index - b.index);
  return { create, update, join, unchanged, errors };
}

function inTreeOrder(rows: readonly UnitRow[]): { row: UnitRow; index: number }[] {
  const rank = (kind: UnitKind): number => (TREE_ORDER.includes(kind) ? TREE_ORDER.indexOf(kind) : TREE_ORDER.length);
  return rows.map((row, index) => ({ row, index })).sort((a, b) => rank(a.row.kind) - rank(b.row.kind) || a.index - b.index);
}

function errorIn(
  row: UnitRow,
  unit: OrgUnit | undefined,
  seen: ReadonlySet<string>,
  known: ReadonlyMap<string, Known>,
): Omit<RowError, 'index'> | undefined {
  if (seen.has(row.code.toLowerCase())) return { field: 'code', code: 'UNIT_CODE_TWICE' };
  if (unit && unit.kind !== row.kind) return { field: 'kind', code: 'UNIT_KIND_DIFFERS' };
  if (unit?.leftOn) return { field: 'code', code: 'UNIT_CLOSED' };
  const communities = row.communities ?? [];
  if (communities.length > 0 && !isPartner(row.kind)) return { field: 'communities', code: 'UNIT_NOT_PARTNER' };
  const missing = communities.filter((named) => !find(known, named, 'community')).length;
  if (missing > 0) return { field: 'communities', code: 'UNIT_COMMUNITY_UNKNOWN', params: { missing } };
  if (unit) return undefined;
  try {
    unitPath(row.kind, row.code, officeOf(row, known)?.orgPath);
    return undefined;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { field: error.code === 'UNIT_PARENT_UNKNOWN' ? 'parent' : 'code', code: error.code };
  }
}

function officeOf(row: UnitRow, known: ReadonlyMap<string, Known>): Known | undefined {
  if (row.kind !== 'community') return undefined;
  if (row.parent !== undefined) return find(known, row.parent, 'subdistrictOffice');
  const offices = [...known.values()].filter((unit) => unit.kind === 'subdistrictOffice');
  return offices.length === 1 ? offices[0] : undefined;
}

/** By code first; by name only where one unit of that kind bears it. */
function find(known: ReadonlyMap<string, Known>, named: string, kind: UnitKind): Known | undefined {
  const byCode = known.get(named.trim().toLowerCase());
  if (byCode?.kind === kind) return byCode;
  const name = named.normalize('NFKC').replace(/\s+/g, '');
  const byName = [...known.values()].filter((it) => it.kind === kind && it.name.normalize('NFKC').replace(/\s+/g, '') === name);
  return byName.length === 1 ? byName[0] : undefined;
}

/** What a line leaves empty stays as it is. */
function sameAs(unit: OrgUnit, row: UnitRow): boolean {
  return (
    unit.name === row.name &&
    (row.level === undefined || unit.level === row.level) &&
    (row.contactPost === undefined || unit.contactPost === row.contactPost) &&
    (row.note === undefined || unit.note === row.note)
  );
}
