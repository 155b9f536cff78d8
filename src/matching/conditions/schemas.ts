import { z } from 'zod';
import type { LocalDate } from '../../kernel/time.ts';
import { pageFields, pageOf } from '../../platform/http/cursor.ts';
import { DECLARED } from './model.ts';

const day = z.iso.date().transform((text) => text as LocalDate);

export const ExclusionId = z.strictObject({ id: z.uuid() });
export const ExclusionQuery = z.strictObject({ ...pageFields, unitId: z.uuid().optional() });

export const ExclusionBody = z
  .strictObject({
    unitId: z.uuid(),
    proposalId: z.uuid().nullable().default(null),
    reasonCode: z.enum(DECLARED),
    note: z.string().trim().min(1).max(1000),
    fromOn: day,
    untilOn: day.nullable().default(null),
  })
  .meta({ id: 'MatchingExclusionBody', description: 'Without a proposal: from all of them' });

export const ExclusionView = z
  .object({
    id: z.uuid(),
    unitId: z.uuid(),
    proposalId: z.uuid().nullable(),
    reasonCode: z.enum(DECLARED),
    note: z.string(),
    fromOn: z.string(),
    untilOn: z.string().nullable(),
    decidedBy: z.string(),
    decidedAt: z.string(),
    version: z.int(),
  })
  .meta({ id: 'MatchingExclusion' });
export const ExclusionPage = pageOf(ExclusionView).meta({ id: 'MatchingExclusionPage' });

export const PreferenceIds = z.strictObject({ unitId: z.uuid(), proposalId: z.uuid() });
export const PreferenceView = z
  .object({ unitId: z.uuid(), proposalId: z.uuid(), declared: z.boolean() })
  .meta({ id: 'MatchingPreference' });
