import { z } from 'zod';
import { pageFields, pageOf } from '../../platform/http/cursor.ts';
import { PolicyKindParam, VersionParam } from '../../policy/schemas.ts';

const pack = { policy: PolicyKindParam, version: VersionParam };

export const PinnedQuery = z.strictObject({ ...pageFields, ...pack });

export const PinnedCountQuery = z.strictObject(pack);

export const PinnedCount = z.strictObject({ count: z.int() });

export const PinnedPage = pageOf(
  z.strictObject({
    caseId: z.string(),
    kind: z.string(),
    /** What the case is called. */
    title: z.string().nullable(),
    openedAt: z.string(),
  }),
).meta({ id: 'PinnedCasePage' });
