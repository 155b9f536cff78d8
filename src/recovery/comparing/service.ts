import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { workflowIdOf } from '../../cases/messages.ts';
import { tenantScope, type TenantId } from '../../kernel/scope.ts';
import { instantFromMs } from '../../kernel/time.ts';
import { Database, type Tx } from '../../platform/database/database.ts';
import { Histories } from '../../platform/temporal/histories.ts';
import { KINDS } from '../kinds.ts';
import { compareCase, historyOf, type CaseInHistory, type Difference, type DifferenceCode } from './model.ts';
import { ComparingStore, type StoredCase } from './store.ts';

export interface Asked {
  /** Absent: all. */
  readonly tenant?: TenantId;
  readonly caseId?: string;
  /** A live system moves while it is looked at: what differs is looked at again after so long, in ms. */
  readonly secondLookMs: number;
}

export interface Compared {
  readonly tenants: number;
  readonly cases: number;
  readonly events: number;
  readonly differences: readonly Difference[];
}

const PAGE = 500;
const WIDTH = 16;
const WORKFLOWS = Object.values(KINDS).map(({ workflowType }) => workflowType);
/** A command or fact that is younger is on its way. */
const YOUNG_MS = 60_000;

/** Journal ↔ Temporal's history ↔ what people read ↔ open waits ↔ ledger, without changing anything. */
@Injectable()
export class Doctor {
  readonly #db: Database;
  readonly #store: ComparingStore;
  readonly #histories: Histories;

  constructor(db: Database, store: ComparingStore, histories: Histories) {
    this.#db = db;
    this.#store = store;
    this.#histories = histories;
  }

  async compare(asked: Asked): Promise<Compared> {
    const tenants = asked.tenant ? [asked.tenant] : await this.#store.tenants(this.#db);
    let cases = 0;
    let events = 0;
    const differences: Difference[] = [];
    const known = new Set<string>();
    for (const tenant of tenants) {
      for await (const page of this.#pages(tenant, asked.caseId)) {
        cases += page.length;
        for (const one of page) {
          known.add(workflowIdOf(tenant, one.caseId));
          events += one.journal.length;
        }
        differences.push(...(await this.#lookTwice(tenant, page, asked.secondLookMs)));
      }
      if (!asked.caseId) differences.push(...(await this.#rest(tenant)));
    }
    differences.push(...(await this.#withoutJournal(asked, new Set(tenants), known)));
    return { tenants: tenants.length, cases, events, differences };
  }

  /** One case as it stands now; undefined history = Temporal does not know it. */
  async history(tenant: TenantId, caseId: string, allRuns = false): Promise<CaseInHistory | undefined> {
    const told = await this.#histories.read(workflowIdOf(tenant, caseId), { allRuns });
    return told && historyOf(told.running, told.runs);
  }

  async #lookTwice(tenant: TenantId, page: readonly StoredCase[], pauseMs: number): Promise<Difference[]> {
    const first = await this.#look(tenant, page);
    const ids = [...new Set(first.map(({ subject }) => subject))];
    if (ids.length === 0 || pauseMs === 0) return first;
    await delay(pauseMs);
    return this.#look(tenant, await this.#read(tenant, { ids }));
  }

  async #look(tenant: TenantId, cases: readonly StoredCase[]): Promise<Difference[]> {
    const found: Difference[] = [];
    const queue = [...cases];
    const lane = async (): Promise<void> => {
      for (let one = queue.shift(); one; one = queue.shift()) {
        const kind = KINDS[one.kind];
        const history = await this.history(tenant, one.caseId);
        const { caseId: subject } = one;
        const differences: readonly (readonly [DifferenceCode, string])[] = kind
          ? compareCase(kind.machine, one, history)
          : [['JOURNAL_UNREADABLE', `kind ${one.kind}`]];
        found.push(...differences.map(([code, detail]) => ({ code, tenant, subject, detail })));
      }
    };
    await Promise.all(Array.from({ length: WIDTH }, lane));
    return found.sort((a, b) => (a.subject < b.subject ? -1 : 1));
  }

  async *#pages(tenant: TenantId, caseId: string | undefined): AsyncGenerator<readonly StoredCase[]> {
    if (caseId !== undefined) return yield await this.#read(tenant, { ids: [caseId] });
    for (let after = ''; ; ) {
      const page = await this.#read(tenant, { after, limit: PAGE });
      if (page.length > 0) yield page;
      if (page.length < PAGE) return;
      after = page.at(-1)!.caseId;
    }
  }

  async #read(tenant: TenantId, page: Parameters<ComparingStore['cases']>[1]): Promise<StoredCase[]> {
    return this.#db.within(tenantScope(tenant), (tx) => this.#store.cases(tx, page, (kind) => KINDS[kind]), { snapshot: true });
  }

  async #rest(tenant: TenantId): Promise<Difference[]> {
    const before = instantFromMs(Date.now() - YOUNG_MS);
    const read = async (tx: Tx) => ({ ledger: await this.#store.ledger(tx), left: await this.#store.left(tx, before) });
    const { ledger, left } = await this.#db.within(tenantScope(tenant), read, { snapshot: true });
    return [
      ...ledger.map(({ kind, subject, detail }): Difference => ({ code: kind === 'cap' ? 'CAP_DIFFERS' : 'BALANCE_DIFFERS', tenant, subject, detail })),
      ...left.map(({ kind, subject, caseId }): Difference => ({ code: kind === 'fact' ? 'FACT_OPEN' : 'COMMAND_OPEN', tenant, subject, detail: caseId })),
    ];
  }

  /** Cases that Temporal runs or still keeps and the database has never heard of, or no more. */
  async #withoutJournal(asked: Asked, tenants: ReadonlySet<string>, known: ReadonlySet<string>): Promise<Difference[]> {
    const strange: { tenant: TenantId; caseId: string }[] = [];
    for await (const workflowId of this.#histories.all(WORKFLOWS)) {
      const cut = workflowId.indexOf('/');
      const tenant = workflowId.slice(0, cut) as TenantId;
      const caseId = workflowId.slice(cut + 1);
      const wanted = tenants.has(tenant) && (asked.caseId === undefined || asked.caseId === caseId);
      if (wanted && !known.has(workflowId)) strange.push({ tenant, caseId });
    }
    const found: Difference[] = [];
    for (const { tenant, caseId } of strange) {
      const page = await this.#read(tenant, { ids: [caseId] });
      const history = page.length === 0 ? await this.history(tenant, caseId, true) : undefined;
      if (!history || history.version === 0) continue;
      found.push({ code: 'JOURNAL_MISSING', tenant, subject: caseId, detail: `journal 0, history ${history.version}` });
    }
    return found;
  }
}
