import { useEffect, useRef, useState, type RefObject } from 'react';
import { onRound } from '../../shared/live/rounds.ts';

const GLOW_MS = 2000;

export interface SteadyRows<Row> {
  /** Where others' changes would move them under the pointer or the focus, in the order that they had. */
  readonly rows: readonly Row[];
  /** Changed by others in the last two seconds. */
  readonly fresh: ReadonlySet<string>;
  /** How many rows come, go or move once the reader agrees. */
  readonly waiting: number;
  readonly release: () => void;
}

const NONE: ReadonlySet<string> = new Set();

/**
 * Rows that others change while somebody reads them: what stands in them is always the newest, but none comes, goes or moves
 * while the pointer or the focus is in `area`, until the reader asks for it or changes something. `view` says what is listed: another
 * filter or page is shown at once.
 */
export function useSteadyRows<Row>(latest: readonly Row[], idOf: (row: Row) => string, view: string, area: RefObject<HTMLElement | null>): SteadyRows<Row> {
  const [held, setHeld] = useState<{ readonly rows: readonly Row[]; readonly view: string }>();
  const [fresh, setFresh] = useState(NONE);
  const before = useRef({ rows: latest, view });
  const isByOthers = useRef(false);
  const glow = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(
    () =>
      onRound((round) => {
        isByOthers.current = round === 'others';
        if (round === 'own') setHeld(undefined);
        else if (isInUse(area.current)) setHeld((it) => it ?? before.current);
      }),
    [area],
  );
  useEffect(() => {
    const { rows, view: seen } = before.current;
    before.current = { rows: latest, view };
    if (seen !== view) setHeld(undefined);
    if (seen !== view || rows === latest || !isByOthers.current) return;
    const changed = changedIds(rows, latest, idOf);
    if (changed.size === 0) return;
    clearTimeout(glow.current);
    setFresh(changed);
    glow.current = setTimeout(() => setFresh(NONE), GLOW_MS);
  }, [latest, view, idOf]);
  useEffect(() => () => clearTimeout(glow.current), []);

  const release = (): void => setHeld(undefined);
  if (held === undefined || held.view !== view) return { rows: latest, fresh, waiting: 0, release };
  const now = new Map(latest.map((row) => [idOf(row), row]));
  const rows = held.rows.map((row) => now.get(idOf(row)) ?? row);
  return { rows, fresh, waiting: difference(held.rows.map(idOf), [...now.keys()]), release };
}

function isInUse(area: HTMLElement | null): boolean {
  if (!area) return false;
  return area.contains(document.activeElement) || (matchMedia('(hover: hover)').matches && area.matches(':hover'));
}

function changedIds<Row>(before: readonly Row[], now: readonly Row[], idOf: (row: Row) => string): Set<string> {
  const known = new Map(before.map((row) => [idOf(row), row]));
  return new Set(now.filter((row) => JSON.stringify(known.get(idOf(row))) !== JSON.stringify(row)).map(idOf));
}

/** Rows that came or went; if none did, those that stand elsewhere. */
export function difference(before: readonly string[], now: readonly string[]): number {
  const [old, fresh] = [new Set(before), new Set(now)];
  const changed = before.filter((id) => !fresh.has(id)).length + now.filter((id) => !old.has(id)).length;
  return changed > 0 ? changed : now.filter((id, index) => before[index] !== id).length;
}
