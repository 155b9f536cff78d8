import type { RefusalKind, RefusalParams } from '../kernel/refusal.ts';
import type { TenantId } from '../kernel/scope.ts';
import type { Instant } from '../kernel/time.ts';
import type { Command, Memory, Proposal, Recorded } from './model.ts';

/** Names on the wire; never renamed, because running cases know them. */
export const COMMAND_UPDATE = 'command';
export const ADVANCE_UPDATE = 'advance';
export const FACT_SIGNAL = 'fact';
export const RESYNC_SIGNAL = 'resync';
export const SNAPSHOT_QUERY = 'snapshot';

/** What a sending is answered whose stored command is no more. */
export const COMMAND_LOST = 'COMMAND_LOST';

export type ClockMode = 'live' | 'virtual';

export interface ClockSnapshot {
  readonly mode: ClockMode;
  readonly now: Instant;
}

export interface CaseInput<C extends Command = Command> {
  readonly tenant: TenantId;
  readonly caseId: string;
  readonly open: C;
  readonly clock: ClockSnapshot;
  /** Business time after which a fresh run takes over. Absent in first runs of the first months: they go on until Temporal suggests it. */
  readonly runMs?: number;
  /** Carried through continue-as-new. */
  readonly carried?: Memory<unknown>;
}

/**
 * A business year and a quarter for the closing: no history is older, so code that only older ones need can go, and a
 * micro-project of a year is not handed over in its last weeks.
 */
export const RUN_MS = 456 * 86_400_000;

/** What a case begins with. */
export function caseInput<C extends Command>(begins: Omit<CaseInput<C>, 'runMs'>): CaseInput<C> {
  return { ...begins, runMs: RUN_MS };
}

export interface CaseSnapshot {
  readonly memory: Memory<unknown>;
  readonly clock: ClockSnapshot;
  readonly wakeAt: Instant | null;
  readonly parked: string | null;
}

/** What a command is answered: the version of the event that it caused. */
export interface Answer {
  readonly version: number;
}

export interface PublishRequest<P extends Proposal = Proposal> {
  readonly tenant: TenantId;
  readonly caseId: string;
  readonly clockMode: ClockMode;
  /** The version that the proposal would become. */
  readonly version: number;
  readonly before: unknown;
  readonly command: Command;
  readonly proposal: P;
  readonly at: Instant;
}

export interface RefusedAnswer {
  readonly refused: { readonly code: string; readonly kind: RefusalKind; readonly params: RefusalParams };
}

/** Journal shorter than the case remembers: only recovery may go on. */
export interface BehindAnswer {
  readonly behind: number;
}

export type PublishAnswer<P extends Proposal = Proposal> =
  | { readonly events: readonly Recorded<P>[] }
  | RefusedAnswer
  | BehindAnswer;

/** What the engine needs of every kind of case, as local activities. */
export interface CaseActivities {
  publish(request: PublishRequest): Promise<PublishAnswer>;
  journal(request: { tenant: TenantId; caseId: string; after: number }): Promise<readonly Recorded<Proposal>[]>;
  park(request: { tenant: TenantId; caseId: string; code: string; at: Instant }): Promise<void>;
  dropFact(request: { tenant: TenantId; caseId: string; commandId: string; code: string; at: Instant }): Promise<void>;
}

/** One for each storing of a command: what the engine said to a sending whose storing was lost says nothing of the next. */
export function updateIdOf({ id, receipt }: Command): string {
  return receipt === undefined ? id : `${id}.${receipt}`;
}

export function workflowIdOf(tenant: TenantId, caseId: string): string {
  return `${tenant}/${caseId}`;
}
