import { z } from 'zod';
import { pageFields, pageOf } from '../../../platform/http/cursor.ts';
import { NeedView, needView } from '../../need/schemas.ts';
import type { ProposedCluster } from './model.ts';

export const DuplicateQuery = z.strictObject(pageFields);

export const DuplicateCluster = z
  .strictObject({
    /** The first that was raised: the one to keep, unless a person sees it otherwise. */
    oldest: NeedView,
    /** `percent`: likeness of the wording to the nearest of the cluster. */
    repeats: z.array(z.strictObject({ need: NeedView, percent: z.number().int() })),
  })
  .meta({ id: 'DuplicateCluster' });

export const DuplicatePage = pageOf(DuplicateCluster);

export function clusterView({ oldest, repeats }: ProposedCluster): z.infer<typeof DuplicateCluster> {
  return { oldest: needView(oldest), repeats: repeats.map(({ need, percent }) => ({ need: needView(need), percent })) };
}

export const MergeMany = z
  .strictObject({
    into: z.uuid(),
    needs: z.array(z.strictObject({ id: z.uuid(), version: z.number().int().min(1) })).min(1).max(500),
  })
  .meta({ id: 'MergeMany' });

export const DismissPairs = z
  .strictObject({ pairs: z.array(z.strictObject({ one: z.uuid(), other: z.uuid() })).min(1).max(500) })
  .meta({ id: 'DismissPairs' });

export const Dismissed = z.strictObject({ dismissed: z.number().int() });
