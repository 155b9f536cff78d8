/** A list as far as it was loaded, page by page; `pageParams` are the cursors they were read from. */
export interface Loaded {
  readonly pages: readonly Page[];
  readonly pageParams: readonly unknown[];
  /** Somewhere in it a row may be missing or stand where it no longer belongs. */
  readonly isBehind?: boolean;
}

export interface Page {
  readonly items: readonly Row[];
  readonly next: string | null;
}

export type Row = Readonly<Record<string, unknown>>;

const UUID = /^[0-9a-f-]{36}$/;

/** By what a row may name a thing that changed: a case’s id holds the ids of its project, community, run. */
function namesOf(id: string): readonly string[] {
  return [id, ...id.split('/').filter((part) => UUID.test(part))];
}

function names(row: Row, changed: ReadonlySet<string>): boolean {
  return Object.values(row).some((value) => typeof value === 'string' && changed.has(value));
}

function keyOf(row: Row): string {
  return typeof row['id'] === 'string' ? row['id'] : `${String(row['caseId'])} ${String(row['name'])}`;
}

/**
 * A loaded list after changes to the things with these ids, for few questions: the first page and the very last, where new rows come,
 * and the pages that show one of them. Boundaries between pages stay, so that no row is shown twice and none between two pages is lost. Undefined:
 * it can only be read anew as a whole.
 */
export async function refreshed(loaded: Loaded, read: (cursor: unknown) => Promise<Page>, ids: readonly string[]): Promise<Loaded | undefined> {
  const changed = new Set(ids.flatMap(namesOf));
  const { pages, pageParams } = loaded;
  const isAsked = pages.map(({ items, next }, index) => index === 0 || next === null || items.some((row) => names(row, changed)));
  const fresh: Page[] = [];
  let isWhole = !isAsked.includes(false);
  for (const [index, page] of pages.entries()) {
    if (!isAsked[index]) {
      fresh.push(page);
      continue;
    }
    const now = await read(pageParams[index]);
    const fitting = index === pages.length - 1 || now.next === page.next ? now : between(page, now, changed);
    if (!fitting) return undefined;
    isWhole &&= fitting.items.length <= now.items.length;
    fresh.push(fitting);
  }
  const shown = new Set(fresh.flatMap(({ items }) => items.flatMap((row) => Object.values(row))));
  // What is shown nowhere may stand where nobody asked.
  const isBehind = !isWhole && !ids.every((id) => namesOf(id).some((name) => shown.has(name)));
  return { pages: fresh, pageParams, isBehind: loaded.isBehind === true || isBehind };
}

/** A page read anew, up to the row it ended with before; undefined where that row tells nothing any more. */
function between(old: Page, now: Page, changed: ReadonlySet<string>): Page | undefined {
  const last = old.items.at(-1);
  if (!last || names(last, changed)) return undefined;
  const end = now.items.findIndex((row) => keyOf(row) === keyOf(last));
  if (end >= 0) return { ...now, items: now.items.slice(0, end + 1), next: old.next };
  // New rows pushed some behind the end of what was read: those are known.
  const known = now.items.findLast((row) => !names(row, changed));
  const from = known === undefined ? -1 : old.items.findIndex((row) => keyOf(row) === keyOf(known));
  const rest = old.items.slice(from + 1);
  if (from < 0 || rest.some((row) => names(row, changed))) return undefined;
  return { ...now, items: [...now.items, ...rest], next: old.next };
}
