import { getMetadataArgsStorage } from 'typeorm';
import { registeredFields, type FieldNote, type RegisteredField } from './platform/database/registry.ts';
import { builtInPacks } from './policy/packs/built-in.ts';
import { RETAINED, RULES, type RetentionRule } from './retention/model.ts';
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
    '## What removes it',
    '',
    'Carried out by the worker every six hours, tenant by tenant (`src/retention`); a legal hold exempts its record. The terms are',
    'values of the retention pack. `GET /api/v1/retention` tells whoever may read the policy what is past its term, what is held and what',
    'went last: counts alone, as in the audit record. Requests’ keys go after `IDEMPOTENCY_KEY_DAYS`, files that no form named',
    'after the hours of the files pack. Audit rows about money and the ledger are never removed by the application.',
    '',
    '| What | Kept for | Counted from when | Value | Source |',
    '|---|---|---|---|---|',
    ...RETAINED.map((retained) => removalOf(RULES[retained])),
    '',
    '## Who acted',
    '',
    ...tableOf(traces),
    '',
  ].join('\n');
}

function removalOf({ what, from, value, unit }: RetentionRule): string {
  const { value: term, source, grade } = builtInPacks.retention[value];
  return `| ${what} | ${term} ${term === 1 ? unit.slice(0, -1) : unit} | ${from} | \`${value}\` | ${grade} ${source} |`;
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
