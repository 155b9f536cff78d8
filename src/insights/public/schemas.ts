import { z } from 'zod';
import { quarter, type Quarter } from '../../calendar/model.ts';
import { CATEGORIES } from '../../needs/model.ts';
import { pageFields, pageOf } from '../../platform/http/cursor.ts';
import { NOTICE_STATES, PUBLIC_STAGES } from './model.ts';

const district = z.string().max(31);

export const DistrictQuery = z.strictObject({ tenant: district });

export const ProjectQuery = z.strictObject({
  ...pageFields,
  tenant: district,
  stage: z.enum(PUBLIC_STAGES).optional(),
  communityId: z.uuid().optional(),
  category: z.enum(CATEGORIES).optional(),
});

export const ProjectParam = z.strictObject({ id: z.uuid() });

export const QuarterParam = z.strictObject({
  quarter: z
    .string()
    .regex(/^\d{4}Q[1-4]$/)
    .transform((text): Quarter => quarter(text)),
});

export const DistrictList = z
  .strictObject({ items: z.array(z.strictObject({ id: z.string(), name: z.string(), isSample: z.boolean() })) })
  .meta({ id: 'PublicDistrictList' });

export const CommunityList = z
  .strictObject({ items: z.array(z.strictObject({ id: z.uuid(), name: z.string() })) })
  .meta({ id: 'PublicCommunityList' });

const project = {
  id: z.uuid(),
  number: z.string(),
  title: z.string(),
  category: z.string(),
  stage: z.enum(PUBLIC_STAGES),
  communityName: z.string(),
  leadName: z.string().nullable(),
  implementerName: z.string().nullable(),
  budgetFen: z.int(),
  /** Verified cash, in fen. */
  fundedFen: z.int(),
  served: z.int(),
  /** Needs answered in accepted reports and confirmed. */
  solved: z.int(),
  movedAt: z.string(),
};

export const ProjectPage = pageOf(z.strictObject(project)).meta({ id: 'PublicProjectPage' });

export const ProjectDetail = z
  .strictObject({
    ...project,
    reports: z.array(
      z.strictObject({ quarter: z.string(), served: z.int(), answered: z.int(), spentFen: z.int(), acceptedAt: z.string() }),
    ),
    satisfaction: z.strictObject({
      raters: z.int(),
      /** Null while there are fewer raters than `ratersNeeded`. */
      percentHundredths: z.int().nullable(),
    }),
    ratersNeeded: z.int(),
  })
  .meta({ id: 'PublicProject' });

export const PublishedList = z
  .strictObject({ items: z.array(z.strictObject({ quarter: z.string(), communities: z.int(), lastPublishedAt: z.string() })) })
  .meta({ id: 'PublicQuarterList' });

export const NoticeList = z
  .strictObject({
    items: z.array(
      z.strictObject({
        id: z.uuid(),
        projectId: z.uuid(),
        projectNumber: z.string(),
        projectTitle: z.string(),
        communityName: z.string(),
        recipientName: z.string(),
        amountFen: z.int(),
        /** `paused`: an objection to it is being looked into, its time stands still. `over`: granted, no longer to be objected to. */
        state: z.enum(NOTICE_STATES),
        /** End of the notice; while it is paused, the day by which the objection is answered. */
        until: z.string().nullable(),
        answers: z.array(z.strictObject({ text: z.string(), at: z.string() })),
      }),
    ),
  })
  .meta({ id: 'PublicNoticeList' });
