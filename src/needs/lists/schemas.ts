import { z } from 'zod';
import { pageFields, pageOf } from '../../platform/http/cursor.ts';
import { NeedView } from '../need/schemas.ts';
import { OfferView } from '../offer/schemas.ts';
import { ProposalView } from '../proposal/schemas.ts';
import { Category } from '../schemas.ts';

const filter = { ...pageFields, category: Category.optional(), communityId: z.uuid().optional() };

export const NeedListQuery = z.strictObject({ ...filter, sort: z.enum(['raisedAt', 'urgency']).default('raisedAt') });
export const ResourceListQuery = z.strictObject({ ...filter, sort: z.enum(['serial', 'fundsFen']).default('serial') });
export const ProjectListQuery = z.strictObject({ ...filter, sort: z.enum(['serial', 'budgetFen']).default('serial') });

/** What everyone signed in may read of a need: nothing that says who raised it or how. */
export const ListedNeed = NeedView.pick({
  id: true,
  number: true,
  communityId: true,
  place: true,
  category: true,
  urgency: true,
  peopleAffected: true,
  publicText: true,
  state: true,
}).meta({ id: 'ListedNeed' });

export const NeedList = pageOf(ListedNeed);
export const ResourceList = pageOf(OfferView);
export const ProjectList = pageOf(ProposalView);
