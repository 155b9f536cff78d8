import { FROZEN_COLUMNS } from './frozen.ts';
import type { FrozenRow, FrozenValue, ListDifference } from './model.ts';

interface Sheet {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export type FrozenListName = keyof typeof FROZEN_COLUMNS;

type Text = (key: string) => string;

const STATES: Readonly<Record<FrozenListName, string>> = { needs: 'need', resources: 'offer', projects: 'proposal' };
const HEADINGS: Readonly<Record<string, string>> = { fundsFen: 'funds', budgetFen: 'budget' };

const heading = (field: string, text: Text): string => text(`needs.column.${HEADINGS[field] ?? field}`);

/** As a reader knows it: categories, urgencies and states in words, money in yuan. */
function cell(list: FrozenListName, field: string, value: FrozenValue | undefined, text: Text): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return text(value ? 'needs.yes' : 'needs.no');
  if (typeof value === 'number') return field.endsWith('Fen') ? yuan(value) : String(value);
  if (typeof value !== 'string') return value.map((part) => (field === 'categories' ? text(`needs.category.${part}`) : part)).join('、');
  if (field === 'category' || field === 'capability') return text(`needs.category.${value}`);
  if (field === 'urgency') return text(`needs.urgency.${value}`);
  return field === 'state' ? text(`needs.${STATES[list]}.${value}`) : value;
}

function yuan(fen: number): string {
  return `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
}

export function frozenSheet(list: FrozenListName, rows: readonly FrozenRow[], text: Text): Sheet {
  const columns = FROZEN_COLUMNS[list];
  return {
    headings: columns.map((field) => heading(field, text)),
    rows: rows.map((row) => columns.map((field) => cell(list, field, row[field], text))),
  };
}

/** One line for each row that came or went, and one for each field that changed. */
export function differenceSheet(list: FrozenListName, { added, gone, changed }: ListDifference, text: Text): Sheet {
  const subject = (row: FrozenRow): string => cell(list, '', row['title'] ?? row['need'] ?? row['offer'], text);
  return {
    headings: ['change', 'number', 'field', 'before', 'after'].map((column) => text(`needs.column.${column}`)),
    rows: [
      ...added.map((row) => [text('needs.change.added'), row.number, '', '', subject(row)]),
      ...gone.map((row) => [text('needs.change.gone'), row.number, '', subject(row), '']),
      ...changed.flatMap(({ number, fields }) =>
        fields.map(({ field, before, after }) => [
          text('needs.change.changed'),
          number,
          heading(field, text),
          cell(list, field, before, text),
          cell(list, field, after, text),
        ]),
      ),
    ],
  };
}
