import type { OrgPath } from '../../kernel/scope.ts';

/** That something changed, never what: the reader asks for it with their own rights. */
export interface Change {
  /** A kind of case or record, or `message` for the inbox. */
  readonly kind: string;
  /** Of a case its case id; null = many of that kind at once. */
  readonly id: string | null;
  readonly version: number | null;
}

/** A change with those whom it concerns. */
export interface NotedChange extends Change {
  readonly seq: number;
  readonly orgPath: OrgPath | null;
  /** Bodies that take part. */
  readonly units: readonly string[];
  /** Of a message: its recipient's key. */
  readonly recipient: string | null;
}

/** The permission by which the kind's own list is read; what is not here nobody hears of. */
const READ_BY: Readonly<Record<string, string>> = {
  microProject: 'projects.read',
  quarterCycle: 'meetings.read',
  matchingRun: 'matching.read',
  resultBasedAward: 'evaluation.read',
  needsSurvey: 'people.read',
  rightsRequest: 'people.read',
  need: 'people.read',
  submission: 'people.read',
  offer: 'offers.read',
  proposal: 'people.read',
};

export interface ChangeReader {
  readonly grants: readonly { readonly orgPath: OrgPath; readonly permissions: readonly string[] }[];
  /** Whose own node one of the grants is at. */
  readonly units: readonly string[];
  /** Recipient keys of the inbox. */
  readonly keys: readonly string[];
}

export function concerns({ kind, orgPath, units, recipient }: NotedChange, reader: ChangeReader): boolean {
  if (recipient !== null) return reader.keys.includes(recipient);
  const permission = READ_BY[kind];
  if (permission === undefined) return false;
  const held = reader.grants.filter(({ permissions }) => permissions.includes(permission));
  if (held.length === 0) return false;
  return held.some((grant) => orgPath?.startsWith(grant.orgPath)) || units.some((unit) => reader.units.includes(unit));
}

/** The last word on each thing, in the order of their first mention. */
export function newest(changes: readonly Change[]): Change[] {
  const last = new Map<string, Change>();
  for (const { kind, id, version } of changes) last.set(`${kind} ${id ?? ''}`, { kind, id, version });
  return [...last.values()];
}

const CURSOR = /^(\d{1,18})\.([0-9a-z]{1,11})$/;

/** Where a reader stands: every transaction before `horizon` was told; when that was, in ms. */
export interface ChangeCursor {
  readonly horizon: string;
  readonly ms: number;
}

export function cursorText({ horizon, ms }: ChangeCursor): string {
  return `${horizon}.${ms.toString(36)}`;
}

/** Undefined = no cursor of ours. */
export function readCursor(text: string): ChangeCursor | undefined {
  const [, horizon, ms] = CURSOR.exec(text) ?? [];
  return horizon === undefined || ms === undefined ? undefined : { horizon, ms: Number.parseInt(ms, 36) };
}

/** Changes are kept for so long; who was away longer asks for everything anew. */
export const KEPT_MS = 24 * 3_600_000;

export function isTooOld(cursor: ChangeCursor, nowMs: number): boolean {
  return nowMs - cursor.ms > KEPT_MS / 2;
}
