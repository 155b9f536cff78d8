import type { Deadline, DeadlineSpec } from '../calendar/model.ts';
import type { ActorId } from '../kernel/scope.ts';
import type { Instant } from '../kernel/time.ts';

/**
 * What somebody, or a due date, asks of a case. `id` is base64url SHA-256 for requests, `<wait>@<due>` for due
 * dates and `<case>:<version>` for what another case tells; the same id never takes effect twice.
 */
export interface Command {
  readonly id: string;
  readonly type: string;
  readonly actor: ActorId;
  /** Business instant of the request; ignored by a live clock. */
  readonly at: Instant;
  readonly contentId?: string;
  readonly contentHash?: string;
  /** Names the storing that this sending rests on: another one, or none, cannot be published (ADR 0017). */
  readonly receipt?: string;
}

/** What `decide` proposes: past tense, plain JSON, no personal data. */
export interface Proposal {
  readonly type: string;
  /** Version of this event's shape; old ones are lifted by the area's `upcast`. */
  readonly schema: number;
  /** Counted on the calendar when published, never in the rules: `{ from, n, unit }` by name. */
  readonly deadlines?: Readonly<Record<string, DeadlineSpec>>;
}

/** As resolved, with what was asked for: enough to count it again on a revised calendar. */
export interface CountedDeadline extends Deadline {
  /** Events of the first months do not say. */
  readonly spec?: DeadlineSpec;
}

/** A proposal as the journal holds it. */
export type Recorded<P extends Proposal> = P extends Proposal
  ? Omit<P, 'deadlines'> & {
      readonly version: number;
      readonly commandId: string;
      readonly actor: ActorId;
      readonly at: Instant;
      /** The deadlines as resolved, with the calendar version that resolved them. */
      readonly due: Readonly<Record<string, CountedDeadline>>;
    }
  : never;

export interface WaitOwner {
  /** A role of `accounts`, or `system` for a pure waiting period. */
  readonly role: string;
  readonly orgUnitId?: string;
}

/** Who holds the ball, until when, and what happens otherwise. Replaced as a whole by every publish. */
export interface Wait {
  readonly name: string;
  readonly owner: WaitOwner;
  readonly due?: Instant;
  /** The next thing that happens by itself: reminder, late mark or expiry; not only the final due date. */
  readonly wakeAt?: Instant;
  /** Text key of what happens if nobody acts. */
  readonly otherwise: string;
}

/** A fact that this case tells one other; delivered once, as a Signal. */
export interface Told {
  readonly kind: string;
  readonly caseId: string;
  readonly command: Command;
}

/** The rules of one kind of case; everything in it is pure. */
export interface CaseMachine<State, C extends Command, P extends Proposal> {
  readonly kind: string;
  /** `state` is undefined before the opening event. Throws `Refusal`. */
  decide(state: State | undefined, command: C, now: Instant): P;
  apply(state: State | undefined, event: Recorded<P>): State;
  waits(state: State): readonly Wait[];
  /** The command that is due at `now`, if any; its id is `<wait>@<due>`. */
  dueCommand(state: State, now: Instant): C | undefined;
  tells?(event: Recorded<P>, after: State): readonly Told[];
  closed(state: State): boolean;
}

/** All that a running case remembers; plain JSON, so that it survives continue-as-new and equals a restored one. */
export interface Memory<State> {
  readonly version: number;
  /** Version of the event by command id: how a repeated command is answered. */
  readonly answered: Readonly<Record<string, number>>;
  readonly state: State | undefined;
}

export function blank<State>(): Memory<State> {
  return { version: 0, answered: {}, state: undefined };
}

export function remember<State, C extends Command, P extends Proposal>(
  machine: CaseMachine<State, C, P>,
  memory: Memory<State>,
  event: Recorded<P>,
): Memory<State> {
  if (event.version !== memory.version + 1) {
    throw new RangeError(`event ${event.version} cannot follow version ${memory.version}`);
  }
  return {
    version: event.version,
    answered: { ...memory.answered, [event.commandId]: event.version },
    state: machine.apply(memory.state, event),
  };
}

/** Rebuilds a case from its journal alone: recovery, replay audit and what-if use nothing else. */
export function restore<State, C extends Command, P extends Proposal>(
  machine: CaseMachine<State, C, P>,
  events: readonly Recorded<P>[],
): Memory<State> {
  return events.reduce<Memory<State>>((memory, event) => remember(machine, memory, event), blank());
}

/** The next instant at which something happens by itself. */
export function wakeAt<State, C extends Command, P extends Proposal>(
  machine: CaseMachine<State, C, P>,
  state: State,
): Instant | undefined {
  return machine
    .waits(state)
    .map((wait) => wait.wakeAt)
    .filter((instant) => instant !== undefined)
    .sort()[0];
}

export function dueCommandId(wait: string, due: Instant): string {
  return `${wait}@${due}`;
}

export function toldCommandId(caseId: string, version: number): string {
  return `${caseId}:${version}`;
}
