import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/service.ts';
import { provisionally, resolveDeadline, type Calendar } from '../calendar/model.ts';
import { CalendarService } from '../calendar/service.ts';
import { Refusal } from '../kernel/refusal.ts';
import { tenantScope, type OrgPath, type TenantId } from '../kernel/scope.ts';
import type { Instant } from '../kernel/time.ts';
import { crashPoint } from '../platform/crash-point.ts';
import { canonicalBytes, type CanonicalValue } from '../platform/crypto/canonical.ts';
import { Database, type Tx } from '../platform/database/database.ts';
import { Decisions } from './decided/service.ts';
import { COMMAND_LOST, type PublishAnswer, type PublishRequest, type RefusedAnswer } from './messages.ts';
import { wakeAt, type CaseMachine, type Command, type CountedDeadline, type Proposal, type Recorded } from './model.ts';
import { assertNotAhead } from './skew.ts';
import { CaseStore, type JournalRow, type LockedHead } from './store.ts';

/** One transition as it is being published: what was, what happened, what is. */
export interface Transition<State, P extends Proposal> {
  readonly caseId: string;
  readonly before: State | undefined;
  readonly event: Recorded<P>;
  readonly after: State;
}

/** A machine together with what only the database side needs of its states. */
export interface PublishedMachine<State, C extends Command, P extends Proposal> extends CaseMachine<State, C, P> {
  orgPath(state: State): OrgPath;
}

/** Applies a transition's effects through each area's own service; a `Refusal` undoes the whole publish. */
export type Effects<State, P extends Proposal, Known = void> = (
  tx: Tx,
  transition: Transition<State, P>,
  known: Known,
) => Promise<void>;

/**
 * What the effects must know beforehand, asked together with the case's head so that it takes no round trip of its
 * own. Reads and locks only: the transition may turn out to be made already.
 */
export type Look<P extends Proposal, Known> = (tx: Tx, request: PublishRequest<P>) => Promise<Known>;

const LOST = { refused: { code: COMMAND_LOST, kind: 'unavailable', params: {} } } as const satisfies RefusedAnswer;

/** SHA-256 over the exact bytes that the journal keeps. */
export function eventHash(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}

function eventOf<P extends Proposal>(row: JournalRow): Recorded<P> {
  return JSON.parse(row.bytes.toString('utf8')) as Recorded<P>;
}

@Injectable()
export class CaseService {
  readonly #db: Database;
  readonly #store: CaseStore;
  readonly #audit: AuditService;
  readonly #calendar: CalendarService;
  readonly #decisions: Decisions;

  constructor(db: Database, store: CaseStore, audit: AuditService, calendar: CalendarService, decisions: Decisions) {
    this.#db = db;
    this.#store = store;
    this.#audit = audit;
    this.#calendar = calendar;
    this.#decisions = decisions;
  }

  /**
   * Makes one transition true: journal, read models, waits, messages, postings and audit in one transaction.
   * Idempotent by command. If the journal is ahead it answers what the journal holds; if it is behind, how far;
   * if a fact in the database forbids the transition, `refused`. Never an empty list (architecture §2.3).
   */
  async publish<State, C extends Command, P extends Proposal>(
    machine: PublishedMachine<State, C, P>,
    request: PublishRequest<P>,
    effects: Effects<State, P>,
  ): Promise<PublishAnswer<P>>;
  async publish<State, C extends Command, P extends Proposal, Known>(
    machine: PublishedMachine<State, C, P>,
    request: PublishRequest<P>,
    effects: Effects<State, P, Known>,
    look: Look<P, Known>,
  ): Promise<PublishAnswer<P>>;
  async publish<State, C extends Command, P extends Proposal, Known>(
    machine: PublishedMachine<State, C, P>,
    request: PublishRequest<P>,
    effects: Effects<State, P, Known | undefined>,
    look?: Look<P, Known>,
  ): Promise<PublishAnswer<P>> {
    const scope = tenantScope(request.tenant, request.command.actor);
    let isSettled = false;
    try {
      const answer = await this.#db.within(scope, async (tx): Promise<PublishAnswer<P>> => {
        if (request.version === 1) {
          await this.#store.openHead(tx, request.caseId, machine.kind, request.clockMode, request.at);
        }
        const [head, calendar, known] = await Promise.all([
          this.#store.lockHead(tx, request.caseId, request.command.id),
          request.proposal.deadlines && this.#calendar.calendar(tx),
          look?.(tx, request),
        ]);
        const stands = head?.version ?? 0;
        if (!head || stands < request.version - 1) return { behind: stands };
        if (stands >= request.version) {
          const rows = await this.#store.eventsAfter(tx, request.caseId, request.version - 1);
          return { events: rows.map((row) => eventOf<P>(row)) };
        }
        if (request.clockMode === 'live') assertNotAhead(request.command, request.at, head.now);
        // Its sender was told no already, while this sending of it was still on its way.
        if (head.refusedWith !== null) throw new Refusal(head.refusedWith, 'state');
        // The server went down before it had written what was stored: it is to be stored and sent anew.
        if (request.command.receipt !== undefined && head.receipt !== request.command.receipt) return LOST;
        const event = await this.#append(tx, machine, request, { head, calendar }, (transition) => {
          isSettled = restsAfter(machine, transition.after, request.at);
          return effects(tx, transition, known);
        });
        crashPoint('publish.open');
        return { events: [event] };
      });
      crashPoint('publish.committed');
      // Only of storings that a caller waits for, and only when its view would be the same after the engine's own answer.
      if (isSettled && request.command.receipt !== undefined) this.#decisions.tell(request.command.id, { version: request.version });
      return answer;
    } catch (error) {
      // "Later" is not the case's "no": the engine asks again.
      if (!(error instanceof Refusal) || error.kind === 'unavailable') throw error;
      return { refused: { code: error.code, kind: error.kind, params: error.params } };
    }
  }

  async #append<State, C extends Command, P extends Proposal>(
    tx: Tx,
    machine: PublishedMachine<State, C, P>,
    request: PublishRequest<P>,
    { head, calendar }: { readonly head: LockedHead; readonly calendar: Calendar | undefined },
    effects: (transition: Transition<State, P>) => Promise<void>,
  ): Promise<Recorded<P>> {
    const { deadlines, ...facts } = request.proposal;
    const event = {
      ...facts,
      version: request.version,
      commandId: request.command.id,
      actor: request.command.actor,
      at: request.at,
      due: deadlines && calendar ? resolveAll(deadlines, provisionally(calendar)) : {},
    } as unknown as Recorded<P>;
    const before = request.before as State | undefined;
    const after = machine.apply(before, event);
    const bytes = canonicalBytes(event as unknown as CanonicalValue);
    await this.#store.append(tx, {
      caseId: request.caseId,
      kind: machine.kind,
      version: request.version,
      commandId: request.command.id,
      type: request.proposal.type,
      schema: request.proposal.schema,
      bytes,
      hash: eventHash(bytes),
      at: request.at,
      orgPath: machine.orgPath(after),
      closed: machine.closed(after),
      waits: machine.waits(after),
      told: machine.tells?.(event, after) ?? [],
    });
    await effects({ caseId: request.caseId, before, event, after });
    await this.#audit.record(tx, {
      at: request.at,
      action: `${machine.kind}.${request.proposal.type}`,
      subject: request.caseId,
      outcome: 'done',
      caseVersion: request.version,
      commandId: request.command.id,
      ...originOf(head),
    });
    // What the journal holds, not what was proposed: undefined members are gone, text is in NFC.
    return JSON.parse(bytes.toString('utf8')) as Recorded<P>;
  }

  /** All events of a case in order; the only input of `restore`. */
  async journal(tenant: TenantId, caseId: string, after = 0): Promise<readonly Recorded<Proposal>[]> {
    return this.#db.within(tenantScope(tenant), async (tx) => {
      const rows = await this.#store.eventsAfter(tx, caseId, after);
      return rows.map((row) => eventOf<Proposal>(row));
    });
  }

  /** The same inside a transaction: what its scope may see. */
  async events(tx: Tx, caseId: string): Promise<readonly Recorded<Proposal>[]> {
    return (await this.#store.eventsAfter(tx, caseId, 0)).map((row) => eventOf<Proposal>(row));
  }

  /** When something next happens by itself in a virtual case of the scope's tenant; null = nothing will. */
  async nextWake(tx: Tx): Promise<Instant | null> {
    return this.#store.nextWake(tx);
  }

  async dueCases(tx: Tx, at: Instant): Promise<{ caseId: string }[]> {
    return this.#store.dueCases(tx, at);
  }

  /** Facts told to running cases and not yet taken. */
  async openMessages(tx: Tx): Promise<number> {
    return this.#store.openMessages(tx);
  }

  /** Virtual cases that have work of their own to finish before time may move. */
  async atWork(tx: Tx): Promise<number> {
    return this.#store.atWork(tx);
  }

  /** Stops a case that cannot go on by itself; it shows up with its code until somebody repairs it. */
  async park(tenant: TenantId, caseId: string, code: string, at: Instant): Promise<void> {
    await this.#db.within(tenantScope(tenant), async (tx) => {
      await this.#store.park(tx, caseId, code);
      await this.#audit.record(tx, { at, action: 'case.parked', subject: caseId, outcome: 'done', changes: { code } });
    });
  }

  /** A told fact that the receiver refused: closed with its reason, so that nobody waits for it. */
  async dropFact(tenant: TenantId, caseId: string, commandId: string, code: string, at: Instant): Promise<void> {
    await this.#db.within(tenantScope(tenant), async (tx) => {
      await this.#store.dropMessage(tx, caseId, commandId, code);
      await this.#audit.record(tx, {
        at,
        action: 'case.factRefused',
        subject: caseId,
        outcome: 'refused',
        commandId,
        changes: { code },
      });
    });
  }
}

function resolveAll(
  specs: NonNullable<Proposal['deadlines']>,
  calendar: Calendar,
): Readonly<Record<string, CountedDeadline>> {
  return Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, { ...resolveDeadline(spec, calendar), spec }]));
}

function originOf(head: LockedHead): Partial<Record<'requestId' | 'network' | 'accountId' | 'personId' | 'onBehalfOf', string>> {
  const { requestId, network, accountId, personId, onBehalfOf } = head;
  return {
    ...(requestId && { requestId }),
    ...(network && { network }),
    ...(accountId && { accountId }),
    ...(personId && { personId }),
    ...(onBehalfOf && { onBehalfOf }),
  };
}

/** Nothing else is due at that instant, which the engine would settle before it answers. */
function restsAfter<State, C extends Command, P extends Proposal>(machine: CaseMachine<State, C, P>, after: State, at: Instant): boolean {
  const next = wakeAt(machine, after);
  return next === undefined || next > at;
}
