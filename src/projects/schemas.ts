import { z } from 'zod';
import { quarter, type Quarter } from '../calendar/model.ts';
import { fen } from '../kernel/money.ts';
import { FileIds } from '../files/schemas.ts';
import { pageFields, pageOf } from '../platform/http/cursor.ts';
import type { Fen } from '../kernel/money.ts';
import { CONSENT_MATTERS } from './consent/model.ts';

const text = z.string().trim().min(1).max(4000);
const note = text.optional();
/** Photographs or scans that the caller has sent to `/files` before. */
const files = FileIds.optional();
const amount = z.int().min(0).max(Number.MAX_SAFE_INTEGER).transform((value): Fen => fen(value));

export const ProjectId = z.strictObject({ id: z.uuid() });
export const ReportId = z.strictObject({
  id: z.uuid(),
  quarter: z
    .string()
    .regex(/^\d{4}Q[1-4]$/)
    .transform((value): Quarter => quarter(value)),
});

export const ProjectToOpen = z
  .strictObject({ proposalId: z.uuid(), unitId: z.uuid().optional() })
  .meta({ id: 'ProjectToOpen' });

/** `unitId` names the body acted for; who acts is the caller. */
export const ForUnit = z.strictObject({ unitId: z.uuid() }).meta({ id: 'ProjectForUnit' });
export const ForUnitWithReason = z.strictObject({ unitId: z.uuid(), reason: text }).meta({ id: 'ProjectForUnitWithReason' });
export const Assignment = z.strictObject({ unitId: z.uuid(), meetingReference: text }).meta({ id: 'ProjectAssignment' });
export const Agreement = z
  .strictObject({ unitId: z.uuid(), implementerId: z.uuid(), signedOn: z.iso.date(), startsAtOnce: z.boolean().default(false), terms: note, files })
  .meta({ id: 'ProjectAgreement' });
const households = z.int().min(0).max(100_000);
const area = z.int().min(0).max(100_000_000);

export const Consent = z
  .strictObject({
    /** `major`: rebuilding, or turning shared property to another use or to profit. */
    matter: z.enum(CONSENT_MATTERS).default('ordinary'),
    householdsAsked: households.min(1),
    /** Without it only those who agreed count as having voted. */
    householdsVoted: households.optional(),
    householdsAgreed: households,
    /** Of what belongs to each owner alone, in whole square metres. */
    areaAsked: area.min(1),
    areaVoted: area.optional(),
    areaAgreed: area,
    reference: text,
    files,
  })
  .meta({ id: 'ProjectConsent' });
export const Reason = z.strictObject({ reason: text }).meta({ id: 'ProjectReason' });
export const Summary = z.strictObject({ unitId: z.uuid(), summary: text, files }).meta({ id: 'ProjectSummary' });
export const Finding = z.strictObject({ finding: text }).meta({ id: 'ProjectFinding' });
export const Nothing = z.strictObject({}).meta({ id: 'Nothing' });
export const ReportBody = z
  .strictObject({
    unitId: z.uuid(),
    done: text,
    needsAnswered: z.array(z.uuid()).max(200),
    served: z.int().min(0).max(10_000_000),
    spentFen: amount,
    difficulties: note,
    next: note,
    files,
  })
  .meta({ id: 'ProjectReportBody' });

export const ProjectView = z
  .object({
    id: z.uuid(),
    number: z.string(),
    title: z.string(),
    /** In the old ledger from which it was taken over. */
    sourceNumber: z.string().nullable(),
    category: z.string(),
    proposalId: z.uuid(),
    communityId: z.uuid(),
    version: z.int(),
    status: z.string(),
    budgetFen: z.int(),
    offeredTo: z.uuid().nullable(),
    leadUnit: z.uuid().nullable(),
    implementerId: z.uuid().nullable(),
    due: z.string().nullable(),
    late: z.boolean(),
    grade: z.string().nullable(),
    awardFen: z.int().nullable(),
    createdAt: z.string(),
    movedAt: z.string(),
  })
  .meta({ id: 'Project' });

export const ProjectPage = pageOf(ProjectView).meta({ id: 'ProjectPage' });

export const ProjectQuery = z.strictObject({
  ...pageFields,
  /** `due`: what is due soonest first, then what has no date, at the end what is over. */
  sort: z.enum(['number', 'due']).default('number'),
  /** One or several, with commas between them. */
  status: z.string().regex(/^[a-zA-Z]{1,20}(,[a-zA-Z]{1,20}){0,14}$/).optional(),
  communityId: z.uuid().optional(),
  leadUnit: z.uuid().optional(),
  /** Who carries it out for the lead. */
  implementerId: z.uuid().optional(),
  /** In Chinese or any other words; the best come first then, whatever `sort` says. */
  search: z.string().trim().min(1).max(100).optional(),
});

export const ReportView = z
  .object({
    projectId: z.uuid(),
    quarter: z.string(),
    status: z.string(),
    unitId: z.uuid(),
    contentId: z.uuid().nullable(),
    served: z.int(),
    spentFen: z.int(),
    late: z.boolean(),
    submittedAt: z.string().nullable(),
    settledAt: z.string().nullable(),
  })
  .meta({ id: 'ProjectReport' });

export const ContentView = z
  .object({ id: z.uuid(), kind: z.string(), body: z.record(z.string(), z.unknown()), hash: z.string(), author: z.string(), at: z.string() })
  .meta({ id: 'ProjectContent' });

export const HistoryEntry = z
  .object({ version: z.int(), type: z.string(), at: z.string(), actor: z.string() })
  .meta({ id: 'CaseHistoryEntry' });
