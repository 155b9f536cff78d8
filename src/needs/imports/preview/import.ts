import type { FieldError } from '../../../kernel/refusal.ts';
import { masked } from '../../../platform/crypto/mask.ts';
import { rowsBelow, type ColumnPlan } from '../../../platform/tables/records.ts';
import type { Layout } from '../../../platform/tables/headings.ts';
import { columnLetters, type Cell, type Table } from '../../../platform/tables/table.ts';
import { personalTraces } from '../../model.ts';
import { PERSONAL_FIELDS, type Mapping, type Suggestion } from '../mapping/model.ts';
import type { ImportPreview, PreviewedColumn } from '../model.ts';
import { columnOfError, rowOfError } from '../wrong-rows/import.ts';

const SAMPLE_ROWS = 5;
const LONGEST_SHOWN = 60;

interface Previewed {
  readonly tables: readonly Table[];
  readonly table: Table;
  readonly layout: Layout;
  readonly plan: ColumnPlan;
  readonly mapping: Mapping | undefined;
  readonly needsMapping: boolean;
  readonly missing: readonly string[];
}

/** What a person looks at before the file is taken, of its first sheet; nothing in it names a resident. */
export function previewOf(
  file: Previewed,
  others: readonly Table[],
  columns: readonly PreviewedColumn[],
  suggestion: Suggestion,
  errors: readonly FieldError[],
): ImportPreview {
  const { tables, table, layout, plan, mapping, needsMapping, missing } = file;
  const fields = new Map([...plan].flatMap(([field, source]) => source.columns.map(({ column }): [number, string] => [column, field])));
  const byNumber = new Map(table.rows.map((row) => [row.number, row]));
  const headings = new Map(layout.columns.map(({ column, heading }) => [column, heading]));
  const sample = rowsBelow(table, layout).rows.slice(0, SAMPLE_ROWS).map((row) => {
    const read = [...row.cells.values()].flatMap((cell): [string, string][] => {
      const field = fields.get(cell.column);
      return field === undefined ? [] : [[field, shown(cell, field)]];
    });
    return { row: row.number, values: Object.fromEntries(read) };
  });
  const wrongCells = errors.flatMap((error) => {
    if (others.length > 0 && error.params?.['sheet'] !== table.sheet) return [];
    const column = columnOfError(error);
    const cell = byNumber.get(rowOfError(error))?.cells.get(column);
    if (!cell || !fields.has(column)) return [];
    const name = `${columnLetters(column)}${cell.row}`;
    return [{ at: error.at, cell: name, heading: headings.get(column) ?? '', value: shown(cell, fields.get(column)!) }];
  });
  return {
    sheets: tables.filter(({ rows }) => rows.length > 0).map((it) => ({ name: it.sheet, rows: it.rows.length, read: it === table || others.includes(it) })),
    headingRows: layout.until > layout.from ? [layout.from, layout.until] : [layout.until],
    columns,
    mapping: mapping ? { id: mapping.id, version: mapping.version, source: mapping.source } : null,
    needsMapping,
    missing,
    suggestion: { source: suggestion.source, fingerprint: suggestion.fingerprint, fields: suggestion.fields, identity: suggestion.identity },
    sample,
    wrongCells,
  };
}

function shown(cell: Cell, field: string): string {
  const mask = PERSONAL_FIELDS[field];
  if (mask) return masked(mask, cell.text, 'staff');
  return personalTraces(cell.text).length > 0 ? masked('freeText', cell.text, 'staff') : cell.text.slice(0, LONGEST_SHOWN);
}
