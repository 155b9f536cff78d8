import { z } from 'zod';
import { pageFields, pageOf } from '../../platform/http/cursor.ts';
import { uploaded } from '../../platform/http/upload.ts';
import { flag } from '../schemas.ts';
import { MappingFields, MappingIdentity } from './mapping/schemas.ts';
import { IMPORT_KINDS, RECORD_KINDS } from './model.ts';

export const ImportForm = z.strictObject({ file: uploaded });

export const ImportKindName = z.enum(IMPORT_KINDS);

export const RecordKindName = z.enum(RECORD_KINDS);

const sheetName = z.string().min(1).max(100);

/** `sheet=…`, also several times. */
const sheet = z
  .union([sheetName, z.array(sheetName).min(1).max(50)])
  .transform((names) => [names].flat())
  .optional();

export const ImportQuery = z.strictObject({
  /** Only says what would happen. */
  preview: flag,
  /** Take the good rows although others are bad. */
  takeGood: flag,
  /** The file is an old ledger (台账): its rows keep the states they have there. */
  takeOver: flag,
  /** Names of the sheets; else the one that fits best. */
  sheet,
  /** With it all others of the workbook that have the same headings. */
  sameHeadings: flag,
});

/** One sheet at a time: what comes back is to be imported as it is. */
export const WrongRowsQuery = z.strictObject({ takeOver: flag, sheet: sheetName.optional() });

const Preview = z
  .strictObject({
    sheets: z.array(z.strictObject({ name: z.string(), rows: z.number().int(), read: z.boolean() })),
    headingRows: z.array(z.number().int()),
    columns: z.array(
      z.strictObject({
        column: z.string(),
        /** As a mapping names it. */
        heading: z.string(),
        field: z.string().nullable(),
        by: z.enum(['name', 'remembered', 'likeness', 'none', 'personal']),
      }),
    ),
    mapping: z.strictObject({ id: z.uuid(), version: z.number().int(), source: z.string() }).nullable(),
    /** Only once a person has confirmed a mapping for these headings is the file taken. */
    needsMapping: z.boolean(),
    missing: z.array(z.string()),
    /** To be confirmed as it is, or changed. */
    suggestion: z.strictObject({ source: z.string().nullable(), fingerprint: z.string(), fields: MappingFields, identity: MappingIdentity }),
    /** The first rows as they would be read; personal cells are masked. */
    sample: z.array(z.strictObject({ row: z.number().int(), values: z.record(z.string(), z.string()) })),
    /** What the wrong cells say; personal ones are masked. */
    wrongCells: z.array(z.strictObject({ at: z.string(), cell: z.string(), heading: z.string(), value: z.string() })),
  })
  .meta({ id: 'ImportPreview' });

export const ReportView = z
  .strictObject({
    importId: z.uuid().nullable(),
    /** The sheets that were read; one without a name for CSV. */
    sheets: z.array(z.string()),
    rows: z.number().int(),
    taken: z.number().int(),
    /** Rows that an earlier import took already. */
    unchanged: z.number().int(),
    bad: z.number().int(),
    errors: z.array(
      z.strictObject({
        /** `row:column`, counted from 1 as the spreadsheet shows them; of several sheets, `params.sheet` says which. */
        at: z.string(),
        code: z.string(),
        params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
        /** In the reader's language. */
        detail: z.string(),
      }),
    ),
    unknownHeadings: z.array(z.string()),
    /** Rows that were left out because they are none of the list: totals, notes, headings once more. */
    asides: z.array(z.strictObject({ row: z.number().int(), is: z.enum(['total', 'note', 'headings']) })),
    preview: Preview.nullable(),
  })
  .meta({ id: 'ImportReport' });

export const ImportView = z
  .strictObject({
    id: z.uuid(),
    kind: ImportKindName,
    orgPath: z.string(),
    mappingId: z.uuid().nullable(),
    takeOver: z.boolean(),
    taken: z.number().int(),
    unchanged: z.number().int(),
    bad: z.number().int(),
    importedAt: z.string(),
    importedBy: z.string(),
    undoneAt: z.string().nullable(),
    undoneBy: z.string().nullable(),
    reason: z.string().nullable(),
  })
  .meta({ id: 'Import' });

export const ImportPageQuery = z.strictObject(pageFields);

export const ImportPage = pageOf(ImportView);

export const UndoBody = z.strictObject({
  /** Kept with the import. */
  reason: z.string().trim().min(1).max(200),
});
