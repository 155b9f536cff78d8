import { z } from 'zod';

const book = z.enum(['money', 'inKind', 'hours']);

/** `amount`: fen for money and the value of goods, minutes for service. */
export const ContributionBody = z
  .strictObject({
    unitId: z.uuid(),
    book,
    amount: z.int().min(1).max(1_000_000_000_000),
    on: z.iso.date().optional(),
    voucher: z.string().trim().max(200).optional(),
  })
  .meta({ id: 'ProjectContribution' });

export const FundingView = z
  .object({
    projectId: z.uuid(),
    lines: z.array(
      z.object({ funderId: z.uuid(), book, pledged: z.int(), delivered: z.int(), verified: z.int() }),
    ),
  })
  .meta({ id: 'ProjectFunding' });
