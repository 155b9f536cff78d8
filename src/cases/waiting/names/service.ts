import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/database.ts';

/** What people call the cases, by case id; those that the scope may not see are absent. */
type Naming = (tx: Tx, caseIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/** `project/<id>`, `quarter/<community>/2026Q1`: an id of another form is of no case, so it has no name. */
const CASE_ID = /^[a-zA-Z]+\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(\/|$)/;

/** Areas say how their cases are called; this area comes before all of them. */
@Injectable()
export class CaseNames {
  readonly #namings = new Map<string, Naming>();

  register(kind: string, naming: Naming): void {
    this.#namings.set(kind, naming);
  }

  async of(tx: Tx, cases: readonly { readonly kind: string; readonly caseId: string }[]): Promise<ReadonlyMap<string, string>> {
    const names = new Map<string, string>();
    const known = cases.filter(({ caseId }) => CASE_ID.test(caseId));
    for (const [kind, naming] of this.#namings) {
      const ids = [...new Set(known.filter((it) => it.kind === kind).map(({ caseId }) => caseId))];
      if (ids.length > 0) for (const [id, name] of await naming(tx, ids)) names.set(id, name);
    }
    return names;
  }
}
