import type { Query, QueryClient, QueryFunction } from '@tanstack/react-query';
import { fits } from './fitting.ts';
import type { Changes } from './follow.ts';
import { refreshed, type Loaded, type Page } from './pages.ts';

type Heard = Pick<Changes, 'items' | 'isReset'>;

/** So many changes at once may be anywhere: the list is read anew. */
const MOST_CHANGES = 20;

/** Reads what shows any of the changes anew; of a list that was loaded page by page only what it takes. */
export async function refreshWhatFits(queries: QueryClient, changes: Heard): Promise<void> {
  const fitting = queries.getQueryCache().findAll({ predicate: ({ queryKey }) => fits(queryKey, changes) });
  const ids = changes.items.flatMap(({ id }) => id ?? []);
  const isFew = !changes.isReset && ids.length === changes.items.length && ids.length <= MOST_CHANGES;
  const inParts = isFew ? fitting.filter((query) => query.isActive() && isOfPages(query.state.data)) : [];
  await Promise.all([
    queries.invalidateQueries({ predicate: (query) => fitting.includes(query) && !inParts.includes(query) }),
    ...inParts.map((query) => refreshPages(queries, query, ids)),
  ]);
}

function isOfPages(data: unknown): data is Loaded {
  const { pages } = (data ?? {}) as Partial<Loaded>;
  return Array.isArray(pages) && pages.length > 1 && pages.every((page) => Array.isArray((page as Page).items));
}

async function refreshPages(queries: QueryClient, query: Query, ids: readonly string[]): Promise<void> {
  const { queryKey, meta } = query;
  const loaded = query.state.data as Loaded;
  const ask = query.options.queryFn as QueryFunction<Page, readonly unknown[], unknown>;
  const read = async (pageParam: unknown): Promise<Page> =>
    ask({ client: queries, queryKey, meta, pageParam, direction: 'forward', signal: new AbortController().signal });
  // What fails here fails again below, and is shown there.
  const now = await refreshed(loaded, read, ids).catch(() => undefined);
  if (now && query.state.data === loaded) queries.setQueryData(queryKey, now);
  else await queries.invalidateQueries({ queryKey, exact: true });
}
