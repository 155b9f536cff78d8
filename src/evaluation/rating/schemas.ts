import { z } from 'zod';

export const CodesBody = z.strictObject({ count: z.int().min(1).max(500) }).meta({ id: 'RatingCodesToIssue' });

export const SlipList = z
  .object({ items: z.array(z.object({ servedNumber: z.int(), code: z.string(), expiresAt: z.string() })) })
  .meta({ id: 'RatingSlips' });

export const RatingBody = z
  .strictObject({
    code: z.string().min(1).max(64),
    /** 5 very satisfied, 4 satisfied, 3 fairly satisfied, 2 dissatisfied, 1 very dissatisfied. */
    stars: z.literal([1, 2, 3, 4, 5]),
  })
  .meta({ id: 'Rating' });

export const RatingAnswer = z.object({ rated: z.literal(true) }).meta({ id: 'RatingTaken' });
