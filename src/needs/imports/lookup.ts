import type { OrgUnit } from '../../accounts/units/model.ts';

function plain(name: string): string {
  return name.normalize('NFKC').replace(/\s+/g, '').toLowerCase();
}

/** Finds units as files name them: by code, else by name where only one unit bears it. */
export function unitNamed(units: readonly OrgUnit[]): (named: string) => OrgUnit | undefined {
  const byCode = new Map(units.map((unit) => [plain(unit.code), unit]));
  const byName = new Map<string, OrgUnit | undefined>();
  for (const unit of units) byName.set(plain(unit.name), byName.has(plain(unit.name)) ? undefined : unit);
  return (named) => byCode.get(plain(named)) ?? byName.get(plain(named));
}
