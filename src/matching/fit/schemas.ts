import { z } from 'zod';

const MOST = 50;
const UUIDS = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(,[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})*$/;

export const FitQuery = z.strictObject({
  /** With commas between them, at most 50. */
  proposalIds: z
    .string()
    .regex(UUIDS)
    .transform((text) => text.split(','))
    .pipe(z.array(z.uuid()).min(1).max(MOST)),
});

export const Fits = z
  .object({
    items: z.array(
      z.object({
        proposalId: z.uuid(),
        unitId: z.uuid(),
        score: z.int().describe('Hundredths of points'),
        parts: z.array(z.object({ key: z.string(), label: z.string(), score: z.int() })).describe('Largest first'),
      }),
    ),
  })
  .meta({ id: 'MatchingFits' });
