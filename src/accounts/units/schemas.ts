import { z } from 'zod';
import type { LocalDate } from '../../kernel/time.ts';
import { pageFields, pageOf } from '../../platform/http/cursor.ts';
import { uploaded } from '../../platform/http/upload.ts';
import { UNIT_CODE, UNIT_KINDS, UNIT_LEVELS, type OrgUnit } from './model.ts';

const day = z.iso
  .date()
  .refine((text) => text >= '1949-10-01' && text < '2200-01-01')
  .transform((text) => text as LocalDate);

const name = z.string().trim().min(1).max(100);
const shortText = z.string().trim().max(200);

export const NewUnit = z.strictObject({
  code: z.string().regex(UNIT_CODE),
  name,
  kind: z.enum(UNIT_KINDS),
  /** Code or name of the office above; communities only. */
  parent: z.string().trim().min(1).max(100).optional(),
  /** Codes or names of the communities it joins; partner bodies only. */
  communities: z.array(z.string().trim().min(1).max(100)).max(200).optional(),
  level: z.enum(UNIT_LEVELS).optional(),
  contactPost: shortText.optional(),
  note: shortText.optional(),
  /** First day of its memberships; today if absent. */
  joinedOn: day.optional(),
});

export const UnitPatch = z.strictObject({
  name: name.optional(),
  level: z.enum(UNIT_LEVELS).nullable().optional(),
  contactPost: shortText.nullable().optional(),
  note: shortText.nullable().optional(),
  /** Stands at the head of its letters and agreements. */
  letterhead: name.max(40).nullable().optional(),
  /** The full name that it signs with. */
  signsAs: name.nullable().optional(),
});

export const CloseUnit = z.strictObject({
  /** First day on which it is no longer there. */
  leftOn: day,
});

export const NewMembership = z.strictObject({ communityId: z.uuid(), joinedOn: day.optional() });

export const EndMembership = z.strictObject({ communityId: z.uuid(), leftOn: day.optional() });

export const UnitsQuery = z.strictObject({
  ...pageFields,
  kind: z.enum(UNIT_KINDS).optional(),
  /** Only members of this community. */
  community: z.uuid().optional(),
  /** `true`: also those that have left, whose names stay in history. */
  left: z.enum(['true', 'false']).default('false'),
});

export const UnitView = z.strictObject({
  id: z.uuid(),
  kind: z.enum(UNIT_KINDS),
  code: z.string(),
  name: z.string(),
  orgPath: z.string(),
  level: z.enum(UNIT_LEVELS).nullable(),
  contactPost: z.string().nullable(),
  note: z.string().nullable(),
  letterhead: z.string().nullable(),
  signsAs: z.string().nullable(),
  leftOn: z.string().nullable(),
  version: z.number().int(),
});

export const UnitPage = pageOf(UnitView);

export const MembershipView = z.strictObject({
  unitId: z.uuid(),
  communityId: z.uuid(),
  joinedOn: z.string(),
  leftOn: z.string().nullable(),
});

export const UnitDetails = UnitView.extend({ memberships: z.array(MembershipView) });

export const UnitImport = z.strictObject({
  file: uploaded,
  /** First day of new memberships; today if absent. */
  joinedOn: day.optional(),
  /** `true`: takes the lines that are right and leaves the others out. */
  takeValid: z.enum(['true', 'false']).default('false'),
});

export const ImportErrorView = z.strictObject({ at: z.string(), code: z.string() });

export const UnitImportView = z.strictObject({
  rows: z.number().int(),
  created: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  memberships: z.number().int(),
  rejected: z.array(ImportErrorView),
  unknownHeadings: z.array(z.string()),
});

export function unitView(unit: OrgUnit): z.infer<typeof UnitView> {
  const { id, kind, code, name, orgPath, level, contactPost, note, letterhead, signsAs, leftOn, version } = unit;
  return { id, kind, code, name, orgPath, level, contactPost, note, letterhead, signsAs, leftOn, version };
}
