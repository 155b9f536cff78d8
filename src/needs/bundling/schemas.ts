import { z } from 'zod';
import { Category } from '../schemas.ts';
import type { Bundle, SuggestedNeed } from './model.ts';

export const BundleQuery = z.strictObject({ communityId: z.uuid().optional() });

export const BundleList = z.strictObject({
  items: z.array(
    z
      .strictObject({
        communityId: z.uuid(),
        category: Category,
        /** Of all its needs together. */
        peopleAffected: z.number().int(),
        /** Words that at least half of the needs share. */
        sharedWords: z.array(z.string()),
        /** Oldest first; `percent` is the likeness of the wording to that one. */
        needs: z.array(
          z.strictObject({
            id: z.uuid(),
            number: z.string(),
            publicText: z.string().nullable(),
            place: z.string().nullable(),
            percent: z.number().int(),
            samePlace: z.boolean(),
          }),
        ),
      })
      .meta({ id: 'BundleSuggestion' }),
  ),
});

export function bundleView({ communityId, category, peopleAffected, sharedWords, members }: Bundle<SuggestedNeed>): z.infer<typeof BundleList>['items'][number] {
  const needs = members.map(({ need: { id, number, publicText, place }, percent, samePlace }) => ({ id, number, publicText, place, percent, samePlace }));
  return { communityId, category, peopleAffected, sharedWords: [...sharedWords], needs };
}
