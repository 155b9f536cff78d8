import { z } from 'zod';
import { quarter, type Quarter } from '../../../calendar/model.ts';
import { pageFields, pageOf } from '../../../platform/http/cursor.ts';
import { REPORT_STANDINGS } from '../../../quarters/reports/model.ts';

/** The quarter that is reported on; the next quarter's meeting hears the reports. */
const reportedOn = z
  .string()
  .regex(/^\d{4}Q[1-4]$/)
  .transform((text): Quarter => quarter(text));

const filter = {
  quarter: reportedOn,
  communityId: z.uuid().optional(),
  unitId: z.uuid().optional(),
  standing: z.enum(REPORT_STANDINGS).optional(),
};

export const ReportsDueQuery = z.strictObject({ ...pageFields, ...filter });

export const ReportsDueSummaryQuery = z.strictObject({ quarter: reportedOn });

const row = z
  .object({
    projectId: z.uuid(),
    quarter: z.string(),
    /** Months of the quarter of which there is a note (月报). */
    notes: z.array(z.string()),
    communityId: z.uuid(),
    unitId: z.uuid(),
    number: z.string(),
    title: z.string(),
    due: z.string(),
    state: z.enum(['missing', 'submitted', 'returned', 'accepted', 'waived', 'released']),
    late: z.boolean(),
    /** Came after the report of the quarter was published. */
    addendum: z.boolean(),
    /** How often the unit was reminded. */
    reminded: z.int(),
    submittedAt: z.string().nullable(),
    settledAt: z.string().nullable(),
  })
  .meta({ id: 'ReportDue' });

export const ReportsDuePage = pageOf(row).meta({ id: 'ReportDuePage' });

export const ReportsDueSummary = z
  .object({
    items: z.array(
      z.object({
        communityId: z.uuid(),
        asked: z.int(),
        submitted: z.int(),
        missing: z.int(),
        late: z.int(),
        waived: z.int(),
        /** Reminders, not rows: the sum of the rows' own. */
        reminded: z.int(),
        /** Handed in and neither accepted nor returned. */
        toAccept: z.int(),
      }),
    ),
  })
  .meta({ id: 'ReportDueSummary' });

export const ReportReminders = z
  .strictObject({ reports: z.array(z.strictObject({ projectId: z.uuid(), quarter: reportedOn })).min(1).max(100) })
  .meta({ id: 'ReportReminders' });

export const ReportRemindersAnswer = z.strictObject({
  /** Null = reminded. */
  items: z.array(z.strictObject({ projectId: z.uuid(), quarter: z.string(), code: z.string().nullable(), detail: z.string().nullable() })),
});
