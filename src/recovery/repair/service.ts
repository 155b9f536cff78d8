import { Injectable } from '@nestjs/common';
import { caseInput, RESYNC_SIGNAL, workflowIdOf, type ClockMode, type PublishAnswer, type PublishRequest } from '../../cases/messages.ts';
import { restore, type Command, type Memory, type Proposal } from '../../cases/model.ts';
import { CaseService } from '../../cases/service.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { TenantId } from '../../kernel/scope.ts';
import { BusinessClock } from '../../calendar/clock.ts';
import { tenantScope } from '../../kernel/scope.ts';
import { Database } from '../../platform/database/database.ts';
import { CaseGateway } from '../../platform/temporal/gateway.ts';
import { sameEvent, type Difference, type Event } from '../comparing/model.ts';
import { Doctor } from '../comparing/service.ts';
import { KINDS, type Kind } from '../kinds.ts';

/** Makes one transition of a kind of case true, with all its effects: the publish of its own area. */
export type Publisher = (kind: string, request: PublishRequest) => Promise<PublishAnswer>;

export interface Repaired {
  readonly resynced: number;
  readonly started: number;
  readonly republished: number;
  /** What could not be republished: its content or what it rests on is gone. */
  readonly lost: readonly Difference[];
}

interface Missing {
  readonly tenant: TenantId;
  readonly caseId: string;
  readonly event: Event;
}

/** The repairs of the engine (operate.md): what journal and history can give each other. */
@Injectable()
export class Repairs {
  readonly #db: Database;
  readonly #doctor: Doctor;
  readonly #cases: CaseService;
  readonly #clock: BusinessClock;
  readonly #gateway: CaseGateway;

  constructor(db: Database, doctor: Doctor, cases: CaseService, clock: BusinessClock, gateway: CaseGateway) {
    this.#db = db;
    this.#doctor = doctor;
    this.#cases = cases;
    this.#clock = clock;
    this.#gateway = gateway;
  }

  async repair(differences: readonly Difference[], publisher: Publisher): Promise<Repaired> {
    const of = (...codes: readonly Difference['code'][]): readonly Difference[] => differences.filter(({ code }) => codes.includes(code));
    const ahead = of('HISTORY_AHEAD', 'JOURNAL_MISSING');
    const { republished, lost } = await this.#republish(ahead, publisher);
    let started = 0;
    for (const { tenant, subject } of of('NOT_RUNNING')) started += await this.#startAnew(tenant as TenantId, subject);
    let resynced = 0;
    const parked = of('PARKED').filter(({ detail }) => detail === 'JOURNAL_BEHIND');
    for (const { tenant, subject } of [...of('HISTORY_BEHIND', 'STILL_RUNNING'), ...ahead, ...parked]) {
      resynced += await this.#resync(tenant as TenantId, subject);
    }
    return { resynced, started, republished, lost };
  }

  /** In the order of their times across all cases: one case's effects rest on what others had done before. */
  async #republish(ahead: readonly Difference[], publisher: Publisher): Promise<Pick<Repaired, 'republished' | 'lost'>> {
    const missing: Missing[] = [];
    const modes = new Map<string, ClockMode>();
    for (const { tenant, subject: caseId } of ahead as readonly (Difference & { tenant: TenantId })[]) {
      const history = await this.#doctor.history(tenant, caseId, true);
      const stands = (await this.#cases.journal(tenant, caseId)).length;
      modes.set(workflowIdOf(tenant, caseId), history?.clockMode ?? 'live');
      for (const [version, event] of history?.events ?? []) if (version > stands) missing.push({ tenant, caseId, event });
    }
    missing.sort((a, b) => (a.event.at === b.event.at ? a.event.version - b.event.version : a.event.at < b.event.at ? -1 : 1));
    const lost = new Map<string, Difference>();
    let republished = 0;
    for (const { tenant, caseId, event } of missing) {
      const id = workflowIdOf(tenant, caseId);
      if (lost.has(id)) continue;
      const failure = await this.#publishAgain(tenant, caseId, event, modes.get(id) ?? 'live', publisher);
      if (failure) lost.set(id, { code: 'CONTENT_LOST', tenant, subject: caseId, detail: `version ${event.version}: ${failure}` });
      else republished += 1;
    }
    return { republished, lost: [...lost.values()] };
  }

  /** Undefined = done; otherwise the code of what stands against it. */
  async #publishAgain(tenant: TenantId, caseId: string, event: Event, clockMode: ClockMode, publisher: Publisher): Promise<string | undefined> {
    const kind = kindOf(caseId);
    if (!kind) return 'KIND_UNKNOWN';
    const journal = await this.#cases.journal(tenant, caseId);
    if (journal.length !== event.version - 1) return 'HISTORY_INCOMPLETE';
    const { version, commandId, actor, at, due, ...facts } = event;
    const specs = Object.entries(due).map(([name, { spec }]) => [name, spec] as const);
    if (specs.some(([, spec]) => spec === undefined)) return 'DEADLINE_WITHOUT_SPEC';
    const proposal = { ...facts, ...(specs.length > 0 && { deadlines: Object.fromEntries(specs) }) } as Proposal;
    const { state } = restore(kind.machine, journal);
    const command: Command = { id: commandId, type: event.type, actor, at };
    try {
      const answer = await publisher(kind.machine.kind, { tenant, caseId, clockMode, version, before: state, command, proposal, at });
      if ('refused' in answer) return answer.refused.code;
      if ('behind' in answer) return 'JOURNAL_BEHIND';
      return answer.events[0] && sameEvent(answer.events[0], event) ? undefined : 'EVENT_DIFFERS';
    } catch (error) {
      return error instanceof Refusal ? error.code : 'PUBLISH_FAILED';
    }
  }

  async #startAnew(tenant: TenantId, caseId: string): Promise<number> {
    const kind = kindOf(caseId);
    const journal = await this.#cases.journal(tenant, caseId);
    const [first] = journal;
    const last = journal.at(-1);
    if (!kind || !first || !last) return 0;
    const { mode } = await this.#db.within(tenantScope(tenant), (tx) => this.#clock.read(tx));
    const { commandId: id, actor, at } = first;
    const carried: Memory<unknown> = restore(kind.machine, journal);
    const input = caseInput({ tenant, caseId, open: { id, type: 'open', actor, at }, clock: { mode, now: last.at }, carried });
    await this.#gateway.startAnew({ type: kind.workflowType, workflowId: workflowIdOf(tenant, caseId), input });
    return 1;
  }

  /** A case that has ended meanwhile needs none. */
  async #resync(tenant: TenantId, caseId: string): Promise<number> {
    try {
      await this.#gateway.signal(workflowIdOf(tenant, caseId), RESYNC_SIGNAL);
      return 1;
    } catch (error) {
      if (error instanceof Refusal && error.code === 'CASE_NOT_RUNNING') return 0;
      throw error;
    }
  }
}

const BY_PREFIX: ReadonlyMap<string, Kind> = new Map(Object.values(KINDS).map((kind) => [kind.prefix, kind]));

/** By the first part of the case id: there may be no row that says it. */
function kindOf(caseId: string): Kind | undefined {
  return BY_PREFIX.get(caseId.slice(0, caseId.indexOf('/') + 1));
}
