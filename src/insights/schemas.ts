import { z } from 'zod';
import { quarter, type Quarter } from '../calendar/model.ts';

const Quarterly = z
  .string()
  .regex(/^\d{4}Q[1-4]$/)
  .transform((text): Quarter => quarter(text));

const count = z.number().int();

const period = { from: Quarterly, until: Quarterly };

const organisation = { id: z.uuid(), code: z.string(), name: z.string(), kind: z.string() };

const unitFigures = {
  microProjects: count,
  /** Of those, taken over from an old ledger. */
  takenOver: count,
  /** Verified cash, in fen. */
  fundsFen: count,
  /** Value of verified goods and services, in fen. */
  inKindFen: count,
  problemsSolved: count,
  reportsAccepted: count,
  reportsLate: count,
  peopleServed: count,
};

const figures = { ...unitFigures, awardsFen: count };

/** First and last quarter, both included. */
export const LoopReportQuery = z.strictObject(period);

export const LoopReportExportQuery = z.strictObject({ ...period, by: z.enum(['community', 'unit']) });

export const LoopReportView = z.strictObject({
  from: z.string(),
  until: z.string(),
  communities: count,
  units: count,
  ...figures,
  byCommunity: z.array(z.strictObject({ ...organisation, ...figures })),
  byUnit: z.array(z.strictObject({ ...organisation, ...unitFigures })),
});
