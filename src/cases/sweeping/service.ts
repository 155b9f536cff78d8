import { Injectable } from '@nestjs/common';
import { AuditService } from '../../audit/service.ts';
import { BusinessClock } from '../../calendar/clock.ts';
import { tenantScope, type TenantId } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';
import { Database } from '../../platform/database/database.ts';
import { caseInput, type CaseInput } from '../messages.ts';
import type { Command } from '../model.ts';
import { CaseService } from '../service.ts';
import { CaseStore } from '../store.ts';
import { TakenIn } from '../taken-in/service.ts';
import { grouped } from './model.ts';
import { SweepingStore, type Standing, type UnansweredCommand, type UntakenFact } from './store.ts';

export type Left<Item> = Item & { readonly tenant: TenantId };

/** Who sent it is said where it is known; the stored command knows it in any case. */
type RefusedCommand = Pick<Left<UnansweredCommand>, 'tenant' | 'commandId' | 'caseId' | 'kind' | 'type'> &
  Partial<Pick<UnansweredCommand, 'accountId' | 'personId' | 'requestId' | 'network'>>;

/** Commands that their case has not taken in and facts never taken, of all tenants: what a crash between storing and sending, or between journal and run, leaves. */
@Injectable()
export class SweepingService {
  readonly #db: Database;
  readonly #store: SweepingStore;
  readonly #commands: CaseStore;
  readonly #cases: CaseService;
  readonly #audit: AuditService;
  readonly #clock: BusinessClock;
  readonly #takenIn: TakenIn;

  constructor(
    db: Database,
    store: SweepingStore,
    commands: CaseStore,
    cases: CaseService,
    audit: AuditService,
    clock: BusinessClock,
    takenIn: TakenIn,
  ) {
    this.#db = db;
    this.#store = store;
    this.#commands = commands;
    this.#cases = cases;
    this.#audit = audit;
    this.#clock = clock;
    this.#takenIn = takenIn;
  }

  /** Not sent since `before` (wall clock), longest waiting first, at most `most`; they count as sent now. */
  async takeUnanswered(before: Instant, most: number): Promise<Left<UnansweredCommand>[]> {
    const keys = await this.#db.door<{ tenant_id: TenantId; command_id: string }>('door_unanswered', [before, most]);
    const left: Left<UnansweredCommand>[] = [];
    for (const own of grouped(keys, (key) => key.tenant_id).values()) {
      const tenant = own[0]!.tenant_id;
      const ids = own.map((key) => key.command_id);
      const taken = await this.#db.within(tenantScope(tenant), (tx) => this.#store.takeCommands(tx, ids, before));
      left.push(...taken.map((command) => ({ ...command, tenant })));
    }
    return left.sort((a, b) => (a.storedAt < b.storedAt ? -1 : 1));
  }

  async takeUntaken(before: Instant, most: number): Promise<Left<UntakenFact>[]> {
    const keys = await this.#db.door<{ tenant_id: TenantId; source_case: string; source_version: number }>(
      'door_untaken',
      [before, most],
    );
    const left: Left<UntakenFact>[] = [];
    for (const own of grouped(keys, (key) => key.tenant_id).values()) {
      const tenant = own[0]!.tenant_id;
      const sources = own.map((key) => ({ source: key.source_case, version: key.source_version }));
      const taken = await this.#db.within(tenantScope(tenant), (tx) => this.#store.takeFacts(tx, sources, before));
      left.push(...taken.map((fact) => ({ ...fact, tenant })));
    }
    return left.sort((a, b) => a.sourceVersion - b.sourceVersion);
  }

  /** What was taken in since is kept in mind, so that the next round does not ask again. */
  async written(): Promise<void> {
    await this.#takenIn.written();
  }

  /** What an opening command's workflow starts with: the same as its first sender would have given. */
  async inputOf({ tenant, caseId }: Left<UnansweredCommand>, open: Command): Promise<CaseInput> {
    const { mode } = await this.#db.within(tenantScope(tenant), (tx) => this.#clock.read(tx));
    return caseInput({ tenant, caseId, open, clock: { mode, now: open.at } });
  }

  async standing(tenant: TenantId, caseId: string): Promise<Standing> {
    return this.#db.within(tenantScope(tenant), (tx) => this.#store.standing(tx, caseId));
  }

  /** The case has said no: nobody sends it again, and the journal of refusals has it once. */
  async refused(command: RefusedCommand, code: string): Promise<void> {
    const { tenant, commandId, caseId, kind, type, accountId, personId, requestId, network } = command;
    await this.#db.within(tenantScope(tenant), async (tx) => {
      if (!(await this.#commands.refuseCommand(tx, commandId, code))) return;
      await this.#audit.record(tx, {
        at: await this.#clock.now(tx),
        action: `${kind}.${type}`,
        subject: caseId,
        outcome: 'refused',
        commandId,
        ...(accountId && { accountId }),
        ...(personId && { personId }),
        ...(requestId && { requestId }),
        ...(network && { network }),
        changes: { code },
      });
    });
  }

  async undeliverable({ tenant, caseId, commandId }: Left<UntakenFact>, code: string): Promise<void> {
    const at = await this.#db.within(tenantScope(tenant), (tx) => this.#clock.now(tx));
    await this.#cases.dropFact(tenant, caseId, commandId, code, at);
  }
}
