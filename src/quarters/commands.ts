import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { Quarter } from '../calendar/model.ts';
import { BusinessClock } from '../calendar/clock.ts';
import { CalendarService } from '../calendar/service.ts';
import { CaseCommands, type Asked } from '../cases/commands.ts';
import { CaseRecounts } from '../cases/recounting/service.ts';
import { COMMAND_UPDATE, FACT_SIGNAL, workflowIdOf, type Answer, type ClockSnapshot } from '../cases/messages.ts';
import { refuse } from '../kernel/refusal.ts';
import { within, type Scope, type TenantId } from '../kernel/scope.ts';
import { shanghaiDate, type Instant } from '../kernel/time.ts';
import { canonicalJson, type CanonicalValue } from '../platform/crypto/canonical.ts';
import { Database, type Tx } from '../platform/database/database.ts';
import { scopeFor, type Caller } from '../platform/http/caller.ts';
import { claimKey, storeAnswer, type RequestKey } from '../platform/http/idempotency.ts';
import { deriveId, hashOf } from '../platform/ids.ts';
import { CaseGateway } from '../platform/temporal/gateway.ts';
import { PolicyService } from '../policy/service.ts';
import { openingInput, QUARTER_WORKFLOW, quarterCaseId, type QuarterOpening } from './messages.ts';
import { quarterMachine, type QuarterCommand } from './model.ts';
import { assertMeetingDay, minutesDue, scheduleOf } from './schedule/model.ts';
import type * as schemas from './schemas.ts';
import { QuarterService } from './service.ts';
import { QuarterStore, type QuarterCycle } from './store.ts';

export interface QuarterAct {
  readonly caller: Caller;
  readonly key: RequestKey;
  readonly communityId: string;
  readonly quarter: Quarter;
}

type Body<Schema extends z.ZodType> = z.output<Schema>;
type Context = { readonly tx: Tx; readonly cycle: QuarterCycle; readonly at: Instant };
type Written = { readonly kind: string; readonly body: CanonicalValue };

export interface Opened {
  readonly items: readonly QuarterCycle[];
  readonly recounted: number;
}

const RUN = 'meetings.run';

/** What a person may ask of a quarter: open what is due, move or record its meeting, publish its report. */
@Injectable()
export class QuarterCommands {
  readonly #db: Database;
  readonly #cases: CaseCommands;
  readonly #gateway: CaseGateway;
  readonly #clock: BusinessClock;
  readonly #calendar: CalendarService;
  readonly #policy: PolicyService;
  readonly #recounts: CaseRecounts;
  readonly #quarters: QuarterService;
  readonly #store: QuarterStore;

  constructor(
    db: Database,
    cases: CaseCommands,
    gateway: CaseGateway,
    clock: BusinessClock,
    calendar: CalendarService,
    policy: PolicyService,
    recounts: CaseRecounts,
    quarters: QuarterService,
    store: QuarterStore,
  ) {
    this.#db = db;
    this.#cases = cases;
    this.#gateway = gateway;
    this.#clock = clock;
    this.#calendar = calendar;
    this.#policy = policy;
    this.#recounts = recounts;
    this.#quarters = quarters;
    this.#store = store;
  }

  /**
   * What the daily tick does, for the caller's part of the tenant and on its own business date. Every cycle has one id,
   * so a repeat finishes what was begun. Refuses `QUARTER_NOT_NEAR`, `QUARTER_OVER`.
   */
  async openDue(caller: Caller, key: RequestKey, { quarter }: Body<typeof schemas.OpenDue>): Promise<Opened> {
    const scope = scopeFor(caller, RUN);
    const { tenant } = scope;
    const begun = await this.#db.within(scope, async (tx) => {
      const clock = await this.#clock.read(tx);
      const earlier = await claimKey(tx, key, clock.now);
      if (earlier?.status !== undefined) return { replay: earlier.answer as Opened };
      const openings = quarter
        ? await this.#quarters.openingsOf(tx, quarter, clock.now)
        : await this.#quarters.openings(tx, clock.now);
      return { clock, openings, recounts: await this.#recounts.all(tx, clock.now) };
    });
    if ('replay' in begun) return begun.replay;
    const { clock, openings, recounts } = begun;
    await Promise.all(openings.map((opening) => this.#open(tenant, opening, clock)));
    for (const { caseId, command } of recounts) {
      await this.#gateway.signal(workflowIdOf(tenant, caseId), FACT_SIGNAL, command);
    }
    return this.#db.within(scope, async (tx) => {
      const items: QuarterCycle[] = [];
      for (const { open } of openings) items.push(await this.#quarters.get(tx, open.communityId, open.quarter));
      const answer = { items, recounted: recounts.length };
      await storeAnswer(tx, key, 200, answer);
      return answer;
    });
  }

  moveMeeting(act: QuarterAct, { meetingOn, reason }: Body<typeof schemas.MoveMeeting>): Promise<QuarterCycle> {
    const written = { kind: 'meetingMove', body: { meetingOn, reason } };
    return this.#run(act, written, async ({ tx, cycle }) => {
      const calendar = await this.#calendar.calendar(tx);
      assertMeetingDay(cycle.quarter, meetingOn, calendar);
      const { values } = await this.#policy.pinned(tx, 'quarter', cycle.policyVersion);
      return { type: 'moveMeeting', schedule: scheduleOf(meetingOn, values, calendar) };
    });
  }

  recordMeeting(act: QuarterAct, body: Body<typeof schemas.MeetingRecord>): Promise<QuarterCycle> {
    return this.#run(act, { kind: 'minutes', body }, async ({ tx, cycle, at }) => {
      const calendar = await this.#calendar.calendar(tx);
      const { values } = await this.#policy.pinned(tx, 'quarter', cycle.policyVersion);
      const minutesBy = minutesDue(shanghaiDate(at), values, calendar);
      return { type: 'recordMeeting', resolutions: body.resolutions, minutesBy };
    });
  }

  publishReport(act: QuarterAct): Promise<QuarterCycle> {
    return this.#run(act, undefined, () => Promise.resolve({ type: 'publishReport' }));
  }

  async #open(tenant: TenantId, opening: QuarterOpening, clock: ClockSnapshot): Promise<void> {
    const workflowId = workflowIdOf(tenant, opening.caseId);
    const start = { type: QUARTER_WORKFLOW, workflowId, input: openingInput(tenant, opening, clock) };
    await this.#gateway.open<Answer>(start, COMMAND_UPDATE, opening.open.id, opening.open);
  }

  /** A cycle outside the caller's subtree is as unknown as one that does not exist. */
  #run(
    { caller, key, communityId, quarter }: QuarterAct,
    written: Written | undefined,
    ask: (context: Context) => Promise<Asked<QuarterCommand>>,
  ): Promise<QuarterCycle> {
    const scope: Scope = scopeFor(caller, RUN);
    return this.#cases.send<QuarterCommand, QuarterCycle>({
      caller,
      scope,
      key,
      caseId: quarterCaseId(communityId, quarter),
      kind: quarterMachine.kind,
      prepare: async (tx, at) => {
        const cycle = await this.#quarters.get(tx, communityId, quarter);
        if (!within(cycle.orgPath, scope.orgPath)) refuse('QUARTER_UNKNOWN', 'unknown');
        const asked = await ask({ tx, cycle, at });
        if (!written) return asked;
        const contentId = deriveId(key.commandId, written.kind);
        const contentHash = hashOf(canonicalJson(written.body));
        await this.#store.addContent(tx, { id: contentId, communityId, quarter, ...written, hash: contentHash, commandId: key.commandId }, at);
        return { ...asked, contentId, contentHash };
      },
      view: (tx) => this.#quarters.get(tx, communityId, quarter),
    });
  }
}
