import { z } from 'zod';
import { pageFields, pageOf } from '../../platform/http/cursor.ts';
import type { ListedAs } from '../../platform/http/listed.ts';
import { Category, Day, line, Money } from '../schemas.ts';
import { PROPOSAL_STATES, type Proposal } from './model.ts';

const content = {
  title: line(100),
  description: line(2000),
  category: Category,
  /** What the leading unit must be able to do; the category itself unless said otherwise. */
  capability: Category,
  budgetFen: Money,
  hours: z.number().int().min(0).max(1_000_000),
  fromOn: Day,
  untilOn: Day,
  /** Works on shared property wait for the affected residents' agreement. */
  sharedProperty: z.boolean(),
  peopleExpected: z.number().int().min(0).max(1_000_000),
  implementerId: z.uuid().nullable(),
  needIds: z.array(z.uuid()).max(200),
};

const distinct = (ids: readonly string[] | undefined): boolean => ids === undefined || new Set(ids).size === ids.length;

export const ProposalBody = z
  .strictObject({
    ...content,
    communityId: z.uuid(),
    capability: Category.optional(),
    hours: content.hours.default(0),
    sharedProperty: z.boolean().default(false),
    peopleExpected: content.peopleExpected.default(0),
    implementerId: content.implementerId.default(null),
  })
  .refine(({ needIds }) => distinct(needIds), { path: ['needIds'], params: { code: 'NEED_TWICE' } })
  .meta({ id: 'ProposalBody' });

export const ProposalPatch = z
  .strictObject(content)
  .partial()
  .refine(({ needIds }) => distinct(needIds), { path: ['needIds'], params: { code: 'NEED_TWICE' } })
  .meta({ id: 'ProposalPatch' });

export const ProposalView = z
  .strictObject({
    id: z.uuid(),
    number: z.string(),
    sourceNumber: z.string().nullable(),
    communityId: z.uuid(),
    title: z.string(),
    description: z.string(),
    category: Category,
    capability: Category,
    budgetFen: z.number().int(),
    hours: z.number().int(),
    fromOn: z.string(),
    untilOn: z.string(),
    sharedProperty: z.boolean(),
    peopleExpected: z.number().int(),
    implementerId: z.uuid().nullable(),
    needIds: z.array(z.uuid()),
    state: z.enum(PROPOSAL_STATES),
    version: z.number().int(),
  })
  .meta({ id: 'Proposal' });

export function proposalView(proposal: Proposal): z.infer<typeof ProposalView> {
  const { orgPath: _orgPath, ...view } = proposal;
  return { ...view, needIds: [...view.needIds] };
}

export const ProposalPage = pageOf(ProposalView);

export const ProposalQuery = z.strictObject({
  ...pageFields,
  state: z.enum(PROPOSAL_STATES).optional(),
  category: Category.optional(),
  communityId: z.uuid().optional(),
  sourceNumber: line(40).optional(),
  sort: z.enum(['serial', 'budgetFen']).default('serial'),
});

export const ReadyBatch = z.strictObject({
  proposals: z.array(z.strictObject({ id: z.uuid(), version: z.number().int().min(1) })).min(1).max(500),
});

/** 项目清单 as a file. */
export const PROPOSAL_COLUMNS: ListedAs<unknown, z.infer<typeof ProposalView>>['columns'] = {
  number: ({ number }) => number,
  title: ({ title }) => title,
  community: ({ communityId }) => ({ unit: communityId }),
  category: ({ category }) => ({ text: `needs.category.${category}` }),
  capability: ({ capability }) => ({ text: `needs.category.${capability}` }),
  budget: ({ budgetFen }) => ({ fen: budgetFen }),
  hours: ({ hours }) => hours,
  from: ({ fromOn }) => fromOn,
  until: ({ untilOn }) => untilOn,
  peopleExpected: ({ peopleExpected }) => peopleExpected,
  description: ({ description }) => description,
  state: ({ state }) => ({ text: `needs.proposal.${state}` }),
};
