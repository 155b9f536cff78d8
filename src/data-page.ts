import { getMetadataArgsStorage } from 'typeorm';
import { registeredFields, type FieldNote, type RegisteredField } from './platform/database/registry.ts';
import { entities } from './schema.ts';

const LEVELS = ['public', 'internal', 'personal', 'sensitive personal'] as const;

const BASES: Readonly<Record<FieldNote['basis'], string>> = {
  contract: 'contract',
  statutoryDuty: 'statutory duty',
  consent: 'consent',
  publicInterest: 'public interest',
  none: '–',
};

/** What the register of processing activities asks for (PIPL art. 55, GB/T 35273): from the columns themselves, never by hand. */
export function dataPage(): string {
  const fields = registeredFields().filter(({ entity }) => entities.includes(entity));
  const personal = fields.filter(({ note }) => note.sensitivity >= 2);
  const traces = fields.filter(({ note }) => note.sensitivity === 1 && note.basis !== 'none');
  const rest = fields.length - personal.length - traces.length;
  return [
    '# Data: what is kept about people, why, and for how long',
    '',
    'Made from the field registry by `npm run docs:data`; a test fails when it is behind. A column that ends in `_sealed` opens',
    'with the key of its person alone, one that ends in `_index` or `_hash` is a digest. Retention counts from the end of the',
    'case or of the relation.',
    '',
    `${fields.length} fields of text, JSON or bytes: ${personal.length} about people, ${traces.length} that trace who acted, ${rest} of codes and office work.`,
    '',
    '## About people',
    '',
    ...tableOf(personal),
    '',
    '## Who acted',
    '',
    ...tableOf(traces),
    '',
  ].join('\n');
}

function tableOf(fields: readonly RegisteredField[]): string[] {
  const rows = fields.map((field) => ({ place: placeOf(field), note: field.note })).sort((a, b) => (a.place < b.place ? -1 : 1));
  return [
    '| Field | Level | Purpose | Basis | Kept for | Shown as |',
    '|---|---|---|---|---|---|',
    ...rows.map(
      ({ place, note }) =>
        `| \`${place}\` | ${note.sensitivity} ${LEVELS[note.sensitivity]} | ${note.purpose} | ${BASES[note.basis]} | ${keptFor(note)} | ${note.mask} |`,
    ),
  ];
}

function keptFor({ retentionMonths }: FieldNote): string {
  if (retentionMonths === null) return 'as long as its record';
  return retentionMonths % 12 === 0 && retentionMonths > 24 ? `${retentionMonths / 12} years` : `${retentionMonths} ${retentionMonths === 1 ? 'month' : 'months'}`;
}

function placeOf({ entity, property, column }: RegisteredField): string {
  const table = getMetadataArgsStorage().tables.find(({ target }) => target === entity);
  return `${String(table?.name)}.${column ?? property}`;
}
