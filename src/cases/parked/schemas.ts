import { z } from 'zod';
import { pageFields, pageOf } from '../../platform/http/cursor.ts';

export const ParkedQuery = z.strictObject(pageFields);

export const ParkedCaseView = z.strictObject({
  caseId: z.string(),
  kind: z.string(),
  /** Why it stopped itself. */
  code: z.string(),
  movedAt: z.string(),
});

export const ParkedPage = pageOf(ParkedCaseView);

export const Resync = z.strictObject({ caseId: z.string().regex(/^[a-zA-Z-]{1,40}(\/[A-Za-z0-9-]{1,60}){1,3}$/) });

export const Resynced = z.strictObject({ caseId: z.string() });
