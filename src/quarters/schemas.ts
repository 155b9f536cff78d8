import { z } from 'zod';
import { quarter, type Quarter } from '../calendar/model.ts';
import { localDate, type LocalDate } from '../kernel/time.ts';
import { pageFields, pageOf } from '../platform/http/cursor.ts';

const text = z.string().trim().min(1).max(8000);
const quarterText = z
  .string()
  .regex(/^\d{4}Q[1-4]$/)
  .transform((value): Quarter => quarter(value));

export const QuarterKey = z.strictObject({ communityId: z.uuid(), quarter: quarterText });

export const QuarterQuery = z.strictObject({
  ...pageFields,
  quarter: quarterText.optional(),
  communityId: z.uuid().optional(),
});

export const OpenDue = z
  .strictObject({
    /** The running quarter or the next, whatever the policy's lead time; without it whatever is due. */
    quarter: quarterText.optional(),
  })
  .meta({ id: 'QuarterOpenDue' });

export const MoveMeeting = z
  .strictObject({ meetingOn: z.iso.date().transform((value): LocalDate => localDate(value)), reason: text })
  .meta({ id: 'QuarterMoveMeeting' });

export const MeetingRecord = z
  .strictObject({
    /** How many resolutions were passed. */
    resolutions: z.int().min(0).max(1000),
    /** Bodies that signed in. */
    unitsPresent: z.int().min(0).max(10_000).optional(),
    minutes: text,
  })
  .meta({ id: 'QuarterMeetingRecord' });

export const Nothing = z.strictObject({}).meta({ id: 'Nothing' });

const cycle = {
  communityId: z.uuid(),
  quarter: z.string(),
  version: z.int(),
  status: z.enum(['asking', 'collecting', 'held', 'published', 'closed']),
  meetingOn: z.string(),
  meetingLate: z.boolean(),
  provisional: z.boolean(),
  reportsDue: z.string(),
  asked: z.int().nullable(),
  resolutions: z.int().nullable(),
  heldAt: z.string().nullable(),
  publishedAt: z.string().nullable(),
  openedAt: z.string(),
};

export const CycleView = z.object(cycle).meta({ id: 'QuarterCycle' });

export const CyclePage = pageOf(CycleView).meta({ id: 'QuarterCyclePage' });

const report = z.object({
  projectId: z.uuid(),
  unitId: z.uuid(),
  due: z.string(),
  state: z.enum(['missing', 'submitted', 'returned', 'accepted', 'waived', 'released']),
  late: z.boolean(),
  /** Came after the quarter's report was published. */
  addendum: z.boolean(),
  reminded: z.int(),
  submittedAt: z.string().nullable(),
  settledAt: z.string().nullable(),
});

export const CycleDetail = z
  .object({
    ...cycle,
    /** The quarter that its meeting hears. */
    hears: z.string(),
    counts: z.object({ asked: z.int(), submitted: z.int(), missing: z.int(), late: z.int(), waived: z.int() }),
    reports: z.array(report),
    /** Minutes, and why a meeting was moved. */
    contents: z.array(z.object({ id: z.uuid(), kind: z.string(), body: z.record(z.string(), z.unknown()), author: z.string(), at: z.string() })),
    snapshots: z.array(z.object({ kind: z.string(), hash: z.string(), at: z.string() })),
  })
  .meta({ id: 'QuarterDetail' });

export const OpenedCycles = z.object({ items: z.array(CycleView), recounted: z.int() }).meta({ id: 'QuartersOpened' });
