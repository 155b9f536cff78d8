import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { refreshed, type Loaded, type Page } from '../../web/shared/live/pages.ts';

interface Thing {
  readonly id: string;
  readonly rank: number;
  readonly text: string;
}

const SIZE = 5;

/** The server's side: in order of rank, a page from behind a cursor, counting how often it is asked. */
function listOf(things: readonly Thing[]): { read(cursor: unknown): Promise<Page>; asked: number } {
  const sorted = things.toSorted((one, other) => one.rank - other.rank || one.id.localeCompare(other.id));
  const placeOf = ({ rank, id }: Thing): string => `${String(rank).padStart(6, '0')} ${id}`;
  const list = {
    asked: 0,
    read: async (cursor: unknown): Promise<Page> => {
      list.asked += 1;
      const from = sorted.filter((it) => placeOf(it) > String(cursor));
      const items = from.slice(0, SIZE);
      return { items: items.map((it) => ({ ...it })), next: from.length > SIZE ? placeOf(items.at(-1)!) : null };
    },
  };
  return list;
}

async function load(things: readonly Thing[], most: number): Promise<Loaded> {
  const { read } = listOf(things);
  const pages: Page[] = [];
  const pageParams: unknown[] = [];
  for (let cursor: string | null = ''; cursor !== null && pages.length < most; cursor = pages.at(-1)!.next) {
    pageParams.push(cursor);
    pages.push(await read(cursor));
  }
  return { pages, pageParams };
}

const textsOf = ({ pages }: Loaded): unknown[] => pages.flatMap(({ items }) => items.map(({ id, text }) => `${String(id)} ${String(text)}`));

const start = Array.from({ length: 40 }, (_, index): Thing => ({ id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`, rank: index * 10, text: 'old' }));

it('asks for the first page alone when a row comes, and for the page of a row that changes', async () => {
  const loaded = await load(start, 6);
  const comes = { id: '00000000-0000-4000-8000-999999999999', rank: -1, text: 'new' };
  const withOne = listOf([...start, comes]);
  const after = await refreshed(loaded, withOne.read, [comes.id]);
  expect(withOne.asked).toBe(1);
  expect(after && textsOf(after)).toEqual([`${comes.id} new`, ...textsOf(loaded)]);
  expect(after?.isBehind).toBe(false);

  const changed = start.map((it, index) => (index === 17 ? { ...it, text: 'changed' } : it));
  const withOther = listOf(changed);
  const other = await refreshed(loaded, withOther.read, [`project/${start[17]!.id}`]);
  expect(withOther.asked).toBe(2);
  expect(other && textsOf(other)).toEqual(textsOf(await load(changed, 6)));
});

it('says that it may be behind when what changed is shown nowhere', async () => {
  const loaded = await load(start, 6);
  const comes = { id: '00000000-0000-4000-8000-999999999999', rank: 155, text: 'in the middle' };
  const after = await refreshed(loaded, listOf([...start, comes]).read, [comes.id]);
  expect(after?.isBehind).toBe(true);
});

it('shows no row twice and, unless it says so, what a whole reading would show', async () => {
  const change = fc.record({
    at: fc.nat(start.length - 1),
    what: fc.constantFrom('text', 'move', 'remove', 'add'),
    rank: fc.integer({ min: -5, max: 420 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), fc.integer({ min: 2, max: 8 }), async (changes, most) => {
      let things = start;
      const ids: string[] = [];
      for (const [index, { at, what, rank }] of changes.entries()) {
        const id = what === 'add' ? `00000000-0000-4000-9000-${String(index).padStart(12, '0')}` : start[at]!.id;
        ids.push(id);
        if (what === 'remove') things = things.filter((it) => it.id !== id);
        if (what === 'text') things = things.map((it) => (it.id === id ? { ...it, text: 'changed' } : it));
        if (what === 'move') things = things.map((it) => (it.id === id ? { ...it, rank, text: 'moved' } : it));
        if (what === 'add') things = [...things, { id, rank, text: 'added' }];
      }
      const after = await refreshed(await load(start, most), listOf(things).read, ids);
      if (!after) return;
      const shown = textsOf(after);
      expect(new Set(shown).size).toBe(shown.length);
      if (after.isBehind) return;
      const whole = textsOf(await load(things, 99));
      expect(shown).toEqual(whole.slice(0, shown.length));
    }),
    { numRuns: 500 },
  );
});
