import type { ClockMode } from '../../cases/messages.ts';
import { restore, type Proposal, type Recorded, type Wait } from '../../cases/model.ts';
import type { AnyMachine } from '../kinds.ts';

/** Who must act, and what ends the difference; `npm run recover` does those of the engine. */
export const REPAIRS = {
  JOURNAL_DAMAGED: { owner: 'administrator', repair: 'rows of the journal were changed or are missing: audit:verify names them; restore a backup' },
  JOURNAL_UNREADABLE: { owner: 'developer', repair: 'the rules do not accept their own journal: deploy the version that wrote it' },
  JOURNAL_MISSING: { owner: 'engine', repair: 'republish from the history, from its first event on' },
  HISTORY_AHEAD: { owner: 'engine', repair: 'republish the missing events from the history, with their ids and times' },
  HISTORY_BEHIND: { owner: 'engine', repair: 'resync: the workflow adopts what the journal holds' },
  NOT_RUNNING: { owner: 'engine', repair: 'start the workflow anew from its journal' },
  STILL_RUNNING: { owner: 'engine', repair: 'resync: the workflow learns that it is over' },
  EVENT_DIFFERS: { owner: 'administrator', repair: 'journal and history tell of different events under one version: two truths, a person decides' },
  HEAD_DIFFERS: { owner: 'administrator', repair: 'the head of the case was changed by hand: restore its row from the journal' },
  WAITS_DIFFER: { owner: 'administrator', repair: 'open waits were changed by hand: the next event of the case replaces them' },
  READ_MODEL_DIFFERS: { owner: 'administrator', repair: 'the row that people read does not stand where its journal does: restore a backup' },
  PARKED: { owner: 'operator', repair: 'remove the cause of the code, then resync' },
  BALANCE_DIFFERS: { owner: 'administrator', repair: 'a balance is not the sum of its transfers: restore it from them' },
  CAP_DIFFERS: { owner: 'administrator', repair: 'a cap is not the sum of its entries: restore it from them' },
  COMMAND_OPEN: { owner: 'engine', repair: 'the sweeper sends it again within 30 s' },
  FACT_OPEN: { owner: 'engine', repair: 'the sweeper tells it again within 30 s' },
  CONTENT_LOST: { owner: 'author', repair: 'what the event is about is gone from the database: its author submits it again' },
} as const;

/** Ends by itself as soon as the sweeper runs again. */
const ENDS_BY_ITSELF: readonly string[] = ['COMMAND_OPEN', 'FACT_OPEN'];

export function isExplained(code: DifferenceCode): boolean {
  return ENDS_BY_ITSELF.includes(code);
}

export type DifferenceCode = keyof typeof REPAIRS;

export interface Difference {
  readonly code: DifferenceCode;
  readonly tenant: string;
  /** Case id, account or command. */
  readonly subject: string;
  /** Numbers and names of columns; never what somebody wrote. */
  readonly detail: string;
}

export type Event = Recorded<Proposal>;

export interface JournalEntry {
  readonly version: number;
  readonly event: Event;
  /** The hash is that of the bytes, and the columns say what the bytes say. */
  readonly sound: boolean;
}

export interface StoredWait {
  readonly name: string;
  readonly role: string;
  readonly orgUnitId: string | null;
  readonly due: string | null;
  readonly wakeAt: string | null;
  readonly otherwise: string;
}

export interface CaseInDatabase {
  readonly caseId: string;
  readonly version: number;
  readonly closed: boolean;
  readonly parked: string | null;
  readonly journal: readonly JournalEntry[];
  readonly waits: readonly StoredWait[];
  /** Undefined = no row. */
  readonly readModel: { readonly version: number; readonly status: string } | undefined;
}

export interface CaseInHistory {
  readonly running: boolean;
  /** All that the kept runs were answered, by version. */
  readonly events: ReadonlyMap<number, Event>;
  /** Up to where the workflow remembers. */
  readonly version: number;
  readonly clockMode: ClockMode;
}

type Found = readonly [DifferenceCode, string];

/** What does not fit in one case; nothing in it is read, only facts that were. */
export function compareCase(machine: AnyMachine, db: CaseInDatabase, history: CaseInHistory | undefined): readonly Found[] {
  const own = compareDatabase(machine, db);
  if (own.some(([code]) => code === 'JOURNAL_DAMAGED' || code === 'JOURNAL_UNREADABLE')) return own;
  return [...own, ...compareHistory(db, history)];
}

function compareDatabase(machine: AnyMachine, db: CaseInDatabase): Found[] {
  const { journal } = db;
  const bad = journal.find(({ version, sound }, at) => version !== at + 1 || !sound);
  if (bad) return [['JOURNAL_DAMAGED', `version ${bad.version}`]];
  const found: Found[] = [];
  if (db.parked !== null) found.push(['PARKED', db.parked]);
  if (db.version !== journal.length) found.push(['HEAD_DIFFERS', `version ${db.version}, journal ${journal.length}`]);
  if (journal.length === 0) return found;
  let state: unknown;
  try {
    ({ state } = restore(machine, journal.map(({ event }) => event)));
  } catch {
    return [['JOURNAL_UNREADABLE', `${journal.length} events`]];
  }
  if (db.closed !== machine.closed(state)) found.push(['HEAD_DIFFERS', `closed ${db.closed}`]);
  const waits = differentWaits(machine.waits(state), db.waits);
  if (waits.length > 0) found.push(['WAITS_DIFFER', waits.join(', ')]);
  const { status } = state as { readonly status: string };
  const row = db.readModel;
  if (row?.version !== journal.length || row.status !== status) {
    found.push(['READ_MODEL_DIFFERS', row ? `version ${row.version} ${row.status}, journal ${journal.length} ${status}` : 'no row']);
  }
  return found;
}

function differentWaits(expected: readonly Wait[], stored: readonly StoredWait[]): string[] {
  const lines = new Map<string, string>();
  for (const { name, owner, due, wakeAt, otherwise } of expected) {
    lines.set(name, JSON.stringify([owner.role, owner.orgUnitId ?? null, due ?? null, wakeAt ?? null, otherwise]));
  }
  const names = new Set([...lines.keys(), ...stored.map(({ name }) => name)]);
  const held = new Map(
    stored.map(({ name, role, orgUnitId, due, wakeAt, otherwise }) => [name, JSON.stringify([role, orgUnitId, due, wakeAt, otherwise])]),
  );
  return [...names].filter((name) => lines.get(name) !== held.get(name));
}

function compareHistory(db: CaseInDatabase, history: CaseInHistory | undefined): Found[] {
  const stands = db.journal.length;
  // Temporal forgets what is over after its retention.
  if (!history) return db.closed || stands === 0 ? [] : [['NOT_RUNNING', 'unknown to Temporal']];
  const differs = db.journal.find(({ version, event }) => {
    const told = history.events.get(version);
    return told !== undefined && !sameEvent(told, event);
  });
  if (differs) return [['EVENT_DIFFERS', `version ${differs.version}`]];
  if (history.version > stands) {
    return [[stands === 0 ? 'JOURNAL_MISSING' : 'HISTORY_AHEAD', `journal ${stands}, history ${history.version}`]];
  }
  if (!db.closed && !history.running) return [['NOT_RUNNING', `history ends at ${history.version}`]];
  if (db.closed && history.running) return [['STILL_RUNNING', `history ${history.version}, journal ${stands}`]];
  if (history.running && history.version < stands) return [['HISTORY_BEHIND', `history ${history.version}, journal ${stands}`]];
  return [];
}

/** Both come from JSON; members may stand in another order. */
export function sameEvent(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  const names = Object.keys(left);
  return names.length === Object.keys(right).length && names.every((name) => name in right && sameEvent(left[name], right[name]));
}

/** The case as its history tells it: events answered to its publishes and journal reads, and what it started with. */
export function historyOf(running: boolean, runs: readonly { readonly input: unknown; readonly answers: readonly unknown[] }[]): CaseInHistory {
  const events = new Map<number, Event>();
  for (const { answers } of runs) {
    for (const answer of answers) {
      const told = Array.isArray(answer) ? answer : (answer as { events?: unknown } | null | undefined)?.events;
      for (const event of Array.isArray(told) ? told : []) {
        if (isEvent(event)) events.set(event.version, event);
      }
    }
  }
  const carried = (runs[0]?.input as { carried?: { version?: unknown } } | undefined)?.carried?.version;
  const clockMode = (runs[0]?.input as { clock?: { mode?: ClockMode } } | undefined)?.clock?.mode ?? 'live';
  return { running, clockMode, events, version: Math.max(0, typeof carried === 'number' ? carried : 0, ...events.keys()) };
}

function isEvent(value: unknown): value is Event {
  const { version, commandId } = (value ?? {}) as Record<string, unknown>;
  return typeof version === 'number' && typeof commandId === 'string';
}
