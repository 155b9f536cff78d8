import {
  allHandlersFinished,
  ApplicationFailure,
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  defineUpdate,
  getExternalWorkflowHandle,
  log,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import {
  ADVANCE_UPDATE,
  COMMAND_UPDATE,
  FACT_SIGNAL,
  RESYNC_SIGNAL,
  RUN_MS,
  SNAPSHOT_QUERY,
  workflowIdOf,
  type Answer,
  type CaseActivities,
  type CaseInput,
  type CaseSnapshot,
} from '../../src/cases/messages.ts';
import {
  blank,
  remember,
  wakeAt,
  type CaseMachine,
  type Command,
  type Memory,
  type Proposal,
  type Recorded,
  type Told,
} from '../../src/cases/model.ts';
import { Refusal, type RefusalKind, type RefusalParams } from '../../src/kernel/refusal.ts';
import { addMs, type Instant } from '../../src/kernel/time.ts';
import { CaseClock } from './clock.ts';
import { Mutex } from './mutex.ts';

const command = defineUpdate<Answer, [Command]>(COMMAND_UPDATE);
const advance = defineUpdate<Answer, [Instant]>(ADVANCE_UPDATE);
const fact = defineSignal<[Command]>(FACT_SIGNAL);
const resync = defineSignal(RESYNC_SIGNAL);
const snapshot = defineQuery<CaseSnapshot>(SNAPSHOT_QUERY);

/** Work that a state asks for by itself, ending in a command: solving, starting other cases, seeking the next unit. */
export type Work<State, C extends Command> = (
  state: State,
  moment: Moment,
) => (() => Promise<C>) | undefined;

export interface Moment {
  readonly now: Instant;
  readonly version: number;
  /** Ends when the state that asks for the work is gone. */
  moved(): Promise<void>;
}

/**
 * One case: an entity workflow over a journal (architecture §2). It decides inside a mutex, publishes in one
 * local activity, and applies what the journal holds, its own event or another's that came first.
 */
class RunningCase<State, C extends Command, P extends Proposal> {
  readonly #machine: CaseMachine<State, C, P>;
  readonly #input: CaseInput<C>;
  readonly #acts: CaseActivities;
  readonly #mutex = new Mutex();
  readonly #clock: CaseClock;
  readonly #untold: Told[] = [];
  readonly #endsAt: Instant | undefined;
  #memory: Memory<State>;
  #parked: string | undefined;
  #dropped = 0;

  constructor(machine: CaseMachine<State, C, P>, input: CaseInput<C>, acts: CaseActivities) {
    this.#machine = machine;
    this.#input = input;
    this.#acts = acts;
    this.#clock = new CaseClock(input.clock);
    this.#memory = (input.carried as Memory<State> | undefined) ?? blank();
    // Also the switch for histories without it: asking `patched` would cost every case two events.
    this.#endsAt = input.runMs === undefined ? undefined : addMs(this.#clock.now(), input.runMs);
  }

  async run(work?: Work<State, C>): Promise<void> {
    // Queued before any handler exists: an Update in the first task runs already at `setHandler`.
    const opening = this.#commit(this.#input.open);
    setHandler(command, (asked) => this.#commit(asked as C), { validator: (asked) => this.#assertCan(asked) });
    setHandler(advance, (instant) => this.#advance(instant), { validator: (instant) => this.#assertCanAdvance(instant) });
    setHandler(fact, (told) => this.#hear(told));
    setHandler(resync, () => this.#resync());
    setHandler(snapshot, () => this.#snapshot());
    try {
      await opening;
    } catch (refused) {
      // Whoever asked for the case gets its refusal before the run ends with it.
      await condition(allHandlersFinished);
      throw refused;
    }
    while (!this.#closed() && !this.#tired()) {
      await this.#tell();
      const job = this.#parked ? undefined : this.#job(work);
      if (job) await this.#work(job);
      else await this.#pause();
    }
    do {
      await this.#tell();
      await condition(() => allHandlersFinished() && this.#mutex.idle);
    } while (this.#untold.length > 0);
    if (!this.#closed()) await this.#continue();
  }

  #job(work: Work<State, C> | undefined): (() => Promise<C>) | undefined {
    const { state, version } = this.#memory;
    const moved = (): Promise<void> => condition(() => this.#memory.version !== version);
    return state === undefined ? undefined : work?.(state, { now: this.#clock.now(), version, moved });
  }

  async #work(job: () => Promise<C>): Promise<void> {
    const { version } = this.#memory;
    try {
      await this.#commit(await job());
    } catch (error) {
      // Somebody was quicker: the state that asked for the work is gone.
      if (this.#memory.version === version) await this.#park(codeOf(error), this.#clock.now());
    }
  }

  async #pause(): Promise<void> {
    const version = this.#memory.version;
    await this.#clock.wait(
      () => this.#nextAlarm(),
      () => this.#memory.version !== version || this.#untold.length > 0 || this.#tired(),
    );
    if (this.#clock.mode === 'live') await this.#mutex.run(() => this.#settle(this.#clock.now()));
  }

  /** Inside the mutex whatever is due comes first, so that no claim overtakes an expiry. */
  #commit(asked: C): Promise<Answer> {
    return this.#mutex.run(async () => {
      const at = this.#clock.at(asked);
      await this.#settle(at);
      const answer = await this.#decide(asked, this.#clock.at(asked));
      await this.#settle(this.#clock.at(asked));
      return answer;
    });
  }

  async #decide(asked: C, now: Instant): Promise<Answer> {
    for (;;) {
      const answer = await this.#attempt(asked, now);
      if (answer) return answer;
    }
  }

  /** One proposal; undefined = the journal was ahead, and the state is another one now. */
  async #attempt(asked: C, now: Instant): Promise<Answer | undefined> {
    const answered = this.#memory.answered[asked.id];
    if (answered !== undefined) return { version: answered };
    if (this.#parked) throw failure(this.#parked, 'unavailable', {});
    let proposal: P;
    try {
      proposal = this.#propose(this.#memory.state, asked, now);
    } catch (refused) {
      // A crash may have kept from this run what it committed: only the whole journal may say no.
      if (refused instanceof ApplicationFailure && (await this.#catchUp())) return undefined;
      throw refused;
    }
    const answer = await this.#acts.publish({
      tenant: this.#input.tenant,
      caseId: this.#input.caseId,
      clockMode: this.#clock.mode,
      version: this.#memory.version + 1,
      before: this.#memory.state,
      command: asked,
      proposal,
      at: now,
    });
    if ('refused' in answer) throw failure(answer.refused.code, answer.refused.kind, answer.refused.params);
    if ('behind' in answer) await this.#park('JOURNAL_BEHIND', now);
    else this.#adopt(answer.events as unknown as readonly Recorded<P>[]);
    return undefined;
  }

  /** Throws the refusal with the version that it rests on, so that its reader can tell a stale one. */
  #propose(state: State | undefined, asked: C, now: Instant): P {
    try {
      return this.#machine.decide(state, asked, now);
    } catch (error) {
      if (error instanceof Refusal) throw failure(error.code, error.kind, error.params, this.#memory.version);
      throw error;
    }
  }

  /** Adopts what the journal holds beyond this run's memory; says whether that was anything. */
  async #catchUp(): Promise<boolean> {
    const { tenant, caseId } = this.#input;
    const missing = await this.#acts.journal({ tenant, caseId, after: this.#memory.version });
    if (missing.length > 0) this.#adopt(missing as unknown as readonly Recorded<P>[]);
    return missing.length > 0;
  }

  #adopt(events: readonly Recorded<P>[]): void {
    if (events.length === 0) throw failure('JOURNAL_SILENT', 'unavailable', {});
    for (const event of events) {
      this.#memory = remember(this.#machine, this.#memory, event);
      this.#untold.push(...(this.#machine.tells?.(event, this.#memory.state as State) ?? []));
    }
  }

  /** Commits everything due up to `until`, in order of time; a refused one parks the case with an alarm. */
  async #settle(until: Instant): Promise<void> {
    for (;;) {
      const wake = this.#nextWake();
      if (wake === undefined || wake > until) break;
      this.#clock.moveTo(wake);
      const now = this.#clock.mode === 'live' ? this.#clock.now() : wake;
      const due = this.#machine.dueCommand(this.#memory.state as State, now);
      // Either would turn here for ever: a mistake in the rules, not something to wait out.
      if (!due || this.#memory.answered[due.id] !== undefined) {
        await this.#park(due ? 'DUE_ANSWERED_BEFORE' : 'WAKE_WITHOUT_COMMAND', now);
        break;
      }
      try {
        await this.#attempt(due, now);
      } catch (error) {
        await this.#park(codeOf(error), now);
        break;
      }
    }
    this.#clock.moveTo(until);
  }

  #advance(instant: Instant): Promise<Answer> {
    return this.#mutex.run(async () => {
      await this.#settle(instant);
      return { version: this.#memory.version };
    });
  }

  async #hear(told: Command): Promise<void> {
    if (!isCommand(told)) {
      this.#dropped += 1;
      log.warn('signal dropped', { code: 'PLAIN_PAYLOAD', dropped: this.#dropped });
      return;
    }
    try {
      await this.#commit(told as C);
    } catch (error) {
      if (!(error instanceof ApplicationFailure)) throw error;
      const { tenant, caseId } = this.#input;
      await this.#acts.dropFact({
        tenant,
        caseId,
        commandId: told.id,
        code: error.type ?? 'FACT_REFUSED',
        at: this.#clock.now(),
      });
    }
  }

  async #tell(): Promise<void> {
    for (let told = this.#untold[0]; told; told = this.#untold[0]) {
      const target = getExternalWorkflowHandle(workflowIdOf(this.#input.tenant, told.caseId));
      try {
        await target.signal(fact, told.command);
      } catch {
        // The message row stays open: the sweeper tells again, or an operator sees it.
        log.warn('fact not delivered', { code: 'FACT_UNDELIVERED' });
      }
      this.#untold.shift();
    }
  }

  async #resync(): Promise<void> {
    await this.#mutex.run(async () => {
      await this.#catchUp();
      this.#parked = undefined;
    });
  }

  async #park(code: string, at: Instant): Promise<void> {
    this.#parked = code;
    const { tenant, caseId } = this.#input;
    log.error('case parked', { code });
    await this.#acts.park({ tenant, caseId, code, at });
  }

  /** Synchronous, early and cheap; what counts is decided again inside the mutex. */
  #assertCan(asked: Command): void {
    if (!isCommand(asked)) throw failure('PLAIN_PAYLOAD', 'invalid', {});
    const { state, answered } = this.#memory;
    if (answered[asked.id] !== undefined) return;
    if (this.#parked) throw failure(this.#parked, 'unavailable', {});
    const now = this.#clock.at(asked as C);
    const wake = this.#nextWake();
    const settled = this.#mutex.idle && (wake === undefined || wake > now);
    if (state !== undefined && settled) this.#propose(state, asked as C, now);
  }

  #assertCanAdvance(instant: Instant): void {
    if (typeof instant !== 'string') throw failure('PLAIN_PAYLOAD', 'invalid', {});
    if (this.#clock.mode !== 'virtual') throw failure('CLOCK_LIVE', 'state', {});
  }

  #snapshot(): CaseSnapshot {
    return {
      memory: this.#memory,
      clock: this.#clock.snapshot(),
      wakeAt: this.#nextWake() ?? null,
      parked: this.#parked ?? null,
    };
  }

  #nextWake(): Instant | undefined {
    const state = this.#memory.state;
    return state === undefined || this.#parked ? undefined : wakeAt(this.#machine, state);
  }

  /** When this run has to look again by itself. */
  #nextAlarm(): Instant | undefined {
    if (this.#parked) return undefined;
    const wake = this.#nextWake();
    return wake === undefined || (this.#endsAt !== undefined && this.#endsAt < wake) ? this.#endsAt : wake;
  }

  #closed(): boolean {
    const state = this.#memory.state;
    return state !== undefined && this.#machine.closed(state);
  }

  /** A parked case stays where it is: what it waits for is not carried. */
  #tired(): boolean {
    if (this.#parked) return false;
    return workflowInfo().continueAsNewSuggested || (this.#endsAt !== undefined && this.#clock.now() >= this.#endsAt);
  }

  async #continue(): Promise<never> {
    return continueAsNew<(input: CaseInput<C>) => Promise<void>>({
      ...this.#input,
      runMs: this.#input.runMs ?? RUN_MS,
      clock: this.#clock.snapshot(),
      carried: this.#memory,
    });
  }
}

export async function runCase<State, C extends Command, P extends Proposal>(
  machine: CaseMachine<State, C, P>,
  input: CaseInput<C>,
  acts: CaseActivities,
  work?: Work<State, C>,
): Promise<void> {
  await new RunningCase(machine, input, acts).run(work);
}

function failure(code: string, kind: RefusalKind, params: RefusalParams, version?: number): ApplicationFailure {
  return ApplicationFailure.nonRetryable(code, code, { kind, params, ...(version !== undefined && { version }) });
}

function codeOf(error: unknown): string {
  return (error instanceof ApplicationFailure && error.type) || 'CASE_FAILED';
}

/** What the codec could not decrypt arrives as `{ refused }`; anything else that is no command is treated alike. */
function isCommand(value: unknown): value is Command {
  if (typeof value !== 'object' || value === null) return false;
  const { id, type, actor, at } = value as Record<string, unknown>;
  return [id, type, actor, at].every((part) => typeof part === 'string' && part !== '');
}
