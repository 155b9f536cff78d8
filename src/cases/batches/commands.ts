import { Injectable } from '@nestjs/common';
import type { Trace } from '../../audit/model.ts';
import { BusinessClock } from '../../calendar/clock.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { tenantScope, type TenantId } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';
import { canonicalBytes, type CanonicalValue } from '../../platform/crypto/canonical.ts';
import { Database, type Tx } from '../../platform/database/database.ts';
import { hashOf } from '../../platform/ids.ts';
import { CaseAsking } from '../asking/service.ts';
import type { Asked } from '../commands.ts';
import { caseInput } from '../messages.ts';
import type { Command } from '../model.ts';
import { CaseStore } from '../store.ts';
import { SweepingService } from '../sweeping/service.ts';

/** The change that asks something of many cases at once. */
export interface BatchIntent {
  readonly commandId: string;
  readonly at: Instant;
  readonly trace?: Trace;
}

export interface BatchItem<C extends Command> {
  readonly caseId: string;
  readonly asked: Asked<C>;
}

export interface BatchKind {
  readonly kind: string;
  /** Workflow type, for commands that open their cases. */
  readonly starts?: string;
}

export interface BatchRefusal {
  readonly caseId: string;
  readonly code: string;
}

/** Updates that are under way at once. */
const WIDTH = 8;

/**
 * One change that asks many cases: its commands are stored with it, in one transaction, and sent once that is committed.
 * What is not sent by then, the sweeper sends; a repeat sends again what the cases know already.
 */
@Injectable()
export class CaseBatches {
  readonly #db: Database;
  readonly #store: CaseStore;
  readonly #asking: CaseAsking;
  readonly #sweeping: SweepingService;
  readonly #clock: BusinessClock;

  constructor(db: Database, store: CaseStore, asking: CaseAsking, sweeping: SweepingService, clock: BusinessClock) {
    this.#db = db;
    this.#store = store;
    this.#asking = asking;
    this.#sweeping = sweeping;
    this.#clock = clock;
  }

  async store<C extends Command>(tx: Tx, { kind, starts }: BatchKind, intent: BatchIntent, items: readonly BatchItem<C>[]): Promise<void> {
    const { accountId, personId, requestId, network } = intent.trace ?? {};
    const origin = { ...(accountId && { accountId }), ...(personId && { personId }), ...(requestId && { requestId }), ...(network && { network }) };
    for (const { caseId, asked } of items) {
      const command = { ...asked, id: idOf(intent.commandId, caseId), actor: tx.scope.actor, at: intent.at } as unknown as C;
      await this.#store.storeCommand(tx, command, { caseId, kind, ...(starts && { starts }) }, canonicalBytes(command as unknown as CanonicalValue), origin);
    }
  }

  /** Answers who said no; cases that cannot be asked now are left to the sweeper. */
  async send(tenant: TenantId, { kind, starts }: BatchKind, commandId: string, caseIds: readonly string[]): Promise<BatchRefusal[]> {
    const left = [...caseIds];
    const refused: BatchRefusal[] = [];
    const { mode } = await this.#db.within(tenantScope(tenant), (tx) => this.#clock.read(tx));
    const ask = async (caseId: string): Promise<void> => {
      const stored = await this.#db.within(tenantScope(tenant), (tx) => this.#store.commandBytes(tx, idOf(commandId, caseId)));
      if (!stored) return;
      const command = JSON.parse(stored.bytes.toString('utf8')) as Command;
      const start = starts === undefined ? undefined : { type: starts, input: caseInput({ tenant, caseId, open: command, clock: { mode, now: command.at } }) };
      try {
        await this.#asking.ask({ tenant, caseId, command, ...(start && { start }) });
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        if (error.kind === 'unavailable') return;
        refused.push({ caseId, code: error.code });
        await this.#sweeping.refused({ tenant, commandId: command.id, caseId, kind, type: command.type }, error.code);
      }
    };
    const lane = async (): Promise<void> => {
      for (let caseId = left.shift(); caseId !== undefined; caseId = left.shift()) await ask(caseId);
    };
    await Promise.all(Array.from({ length: WIDTH }, lane));
    return refused;
  }
}

function idOf(commandId: string, caseId: string): string {
  return hashOf(commandId, caseId);
}
