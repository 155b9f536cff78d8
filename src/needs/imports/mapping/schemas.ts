import { z } from 'zod';
import { line } from '../../schemas.ts';
import { IMPORT_KINDS } from '../model.ts';
import { MONEY_UNITS } from './model.ts';

const heading = z.string().min(1).max(500);
/** Numbers of letters, so that no key can reach into an object's own parts. */
const said = z.string().min(1).max(100);

export const MappingFields = z
  .array(
    z.strictObject({
      field: z.string().regex(/^[a-zA-Z]{1,40}$/),
      /** As the preview names them; several for the choices of one question. */
      headings: z.array(heading).max(60),
      unit: z.enum(MONEY_UNITS).nullable().default(null),
      /** What the source says → what it means here. */
      values: z.record(said, z.string().min(1).max(100)).default({}),
      /** Where the source says nothing. */
      fixed: z.string().min(1).max(100).nullable().default(null),
      /** Of several choices the first. */
      first: z.boolean().default(false),
    }),
  )
  .min(1)
  .max(30);

export const MappingIdentity = z.array(heading).max(5);

const content = {
  /** What people call where the files come from: 问卷星, 12345 热线导出 … */
  source: line(60),
  fields: MappingFields,
  /** Headings whose cells tell rows apart that bear no number. */
  identity: MappingIdentity.default([]),
};

export const MappingBody = z.strictObject({
  kind: z.enum(IMPORT_KINDS),
  /** From the preview's suggestion: the headings it is for. */
  fingerprint: z.string().regex(/^[\w-]{43}$/),
  ...content,
});

export const MappingPatch = z.strictObject(content);

export const MappingQuery = z.strictObject({ kind: z.enum(IMPORT_KINDS) });

export const MappingView = z
  .strictObject({
    id: z.uuid(),
    kind: z.enum(IMPORT_KINDS),
    source: z.string(),
    orgPath: z.string(),
    fingerprint: z.string(),
    fields: MappingFields,
    identity: MappingIdentity,
    version: z.number().int(),
    confirmedAt: z.string(),
    confirmedBy: z.string(),
  })
  .meta({ id: 'ImportMapping' });

export const MappingList = z.strictObject({ items: z.array(MappingView) });
