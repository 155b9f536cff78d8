import type { OrgPath } from '../../kernel/scope.ts';
import type { Instant, LocalDate } from '../../kernel/time.ts';
import type { CaseMachine, Command, Proposal, Recorded, Wait, WaitOwner } from '../model.ts';

/** `staff`: entitled to names · `unit`: a body that takes part · `resident`: everyone · `other`: signed in, without names. */
export const AUDIENCES = ['staff', 'unit', 'resident', 'other'] as const;

export type Audience = (typeof AUDIENCES)[number];

export type Turn = 'mine' | 'other' | 'system' | 'none';

/** What happens to a case by itself, earliest first; `text` is a text key. */
export interface Escalation {
  readonly at: Instant;
  readonly text: string;
}

/** A wait, with all that happens by itself until somebody acts; without `ahead` only `wakeAt` is known. */
export interface StageWait extends Wait {
  readonly ahead?: readonly Escalation[];
}

/** `marks`: a single moment; `opens` … `closes`: a stretch of time. */
export interface SideEvent {
  readonly side: string;
  readonly does: 'opens' | 'closes' | 'marks';
}

/** How long a step takes at most: counted on the calendar, or known to end at an instant. */
export type Expected = { readonly at: Instant } | { readonly n: number; readonly unit: 'workday' | 'day' };

/** Who reads an event's line: everyone, those who take part, or nobody (it changes no step). */
export type Telling = 'everyone' | 'concerned' | 'nobody';

export interface Count {
  readonly done: number;
  readonly of: number;
}

/** What a line of history fills in; ids of units become their names. */
export interface EventFacts {
  readonly unit?: string | undefined;
  readonly params?: Readonly<Record<string, string | number>>;
}

/** How one kind of case is told to people: pure tables, complete by type. */
export interface Track<State, P extends Proposal> {
  /** Of the machine; also the middle of every text key. */
  readonly kind: string;
  /** The first is over as soon as the case is open. */
  readonly steps: readonly string[];
  /** Steps that a case may pass without entering: `stage.<kind>.skipped.<step>` says why. */
  readonly optional?: readonly string[];
  /** Undefined = nothing is left to do. */
  stepOf(state: State): string | undefined;
  /** Events that end a case before its last step, and as what. */
  readonly endings?: Readonly<Partial<Record<P['type'], string>>>;
  count?(state: State, step: string): Count | undefined;
  expected?(state: State, step: string): Expected | undefined;
  /** Escalations that the state knows beyond the next one. */
  ahead?(state: State, wait: Wait): readonly Escalation[] | undefined;
  /** Command that answers the wait of that name. */
  readonly actions: Readonly<Record<string, string>>;
  readonly events: Readonly<Record<P['type'], Telling>>;
  readonly sides: Readonly<Partial<Record<P['type'], SideEvent>>>;
  facts?(event: Recorded<P>): EventFacts;
  /** Steps as residents know them, each with the own steps that it stands for. */
  readonly publicSteps?: readonly (readonly [step: string, own: readonly string[]])[];
}

/** A case as its stage is looked at. */
export interface StagedCase<State, C extends Command, P extends Proposal> {
  readonly machine: CaseMachine<State, C, P>;
  readonly track: Track<State, P>;
  readonly caseId: string;
  /** Where the case lies. */
  readonly orgPath: OrgPath;
  /** What is awaited beside the case itself, such as a report that the quarter asks for. */
  readonly beside?: readonly StageWait[];
}

/** What the texts are made with: whose eyes, which language, which names. */
export interface Telltale {
  readonly audience: Audience;
  readonly language: 'zh' | 'en';
  readonly now: Instant;
  /** Refuses an unknown key by throwing: a state without text is a fault of ours. */
  say(key: string, params?: Readonly<Record<string, string | number>>): string;
  /** Name of an organisation; undefined = not known (any more). */
  unit(id: string): string | undefined;
  /** Of who acted, for those entitled; undefined = nobody is named. */
  person(actor: string): string | undefined;
  /** Of who is awaited, for those entitled. */
  holders(owner: WaitOwner): readonly string[];
  isMine(owner: WaitOwner): boolean;
  /** Workdays from one day to the other, negative backwards. */
  workdays(from: LocalDate, to: LocalDate): number;
  /** The last day that counts. */
  resolve(from: LocalDate, expected: Exclude<Expected, { at: Instant }>): LocalDate;
}

export interface StageOwner {
  readonly role: string;
  readonly orgUnitId: string | null;
  /** Role and organisation, in the reader's language. */
  readonly text: string;
  /** Only for readers entitled to names. */
  readonly people: readonly string[];
}

export interface StageSide {
  readonly key: string;
  readonly label: string;
  readonly from: LocalDate;
  /** Null = it goes on, or was a moment. */
  readonly until: LocalDate | null;
  readonly text: string;
}

export type StepState = 'done' | 'current' | 'ahead' | 'skipped';

export interface StageStep {
  readonly key: string;
  readonly label: string;
  readonly state: StepState;
  readonly on: LocalDate | null;
  /** 预计: the latest day if every step takes all its time; null = nobody can say. */
  readonly estimated: LocalDate | null;
  readonly count: Count | null;
  /** Why it is left out. */
  readonly note: string | null;
  /** One line, as it stands in a mail or on paper. */
  readonly text: string;
  readonly side: readonly StageSide[];
}

export interface StageLine {
  readonly at: Instant;
  readonly text: string;
  readonly by: string | null;
}

export interface StageView {
  readonly kind: string;
  readonly sentence: string;
  readonly turn: Turn;
  readonly owner: StageOwner | null;
  /** What is awaited. */
  readonly what: string | null;
  readonly dueAt: Instant | null;
  /** Negative = late by so many. */
  readonly workdaysLeft: number | null;
  readonly late: boolean;
  /** What happens if nobody acts; null once nothing is awaited. */
  readonly otherwise: string | null;
  readonly escalations: readonly { readonly at: Instant; readonly text: string }[];
  /** For whose turn it is. */
  readonly action: { readonly command: string; readonly label: string } | null;
  /** What else is awaited at the same time. */
  readonly also: readonly string[];
  readonly steps: readonly StageStep[];
  readonly history: readonly StageLine[];
}
