import { z } from 'zod';
import { pageFields, pageOf } from '../../platform/http/cursor.ts';
import type { ListedAs } from '../../platform/http/listed.ts';
import { Category, Day, line, Money } from '../schemas.ts';
import type { Offer } from './model.ts';

const content = {
  categories: z.array(Category).min(1).max(20),
  /** Empty = every community the unit takes part in. */
  communityIds: z.array(z.uuid()).max(200),
  description: line(1000),
  /** Projects at the same time. */
  capacity: z.number().int().min(1).max(1000),
  fundsFen: Money,
  hours: z.number().int().min(0).max(1_000_000),
  fromOn: Day,
  untilOn: Day.nullable(),
};

export const OfferBody = z
  .strictObject({
    ...content,
    unitId: z.uuid(),
    communityIds: content.communityIds.default([]),
    capacity: content.capacity.default(1),
    fundsFen: Money.default(0 as z.infer<typeof Money>),
    hours: content.hours.default(0),
    untilOn: content.untilOn.default(null),
  })
  .meta({ id: 'OfferBody' });

export const OfferPatch = z
  .strictObject({ ...content, state: z.enum(['open', 'withdrawn']) })
  .partial()
  .meta({ id: 'OfferPatch' });

export const OfferView = z
  .strictObject({
    id: z.uuid(),
    number: z.string(),
    sourceNumber: z.string().nullable(),
    unitId: z.uuid(),
    categories: z.array(Category),
    communityIds: z.array(z.uuid()),
    description: z.string(),
    capacity: z.number().int(),
    fundsFen: z.number().int(),
    hours: z.number().int(),
    fromOn: z.string(),
    untilOn: z.string().nullable(),
    state: z.enum(['open', 'withdrawn']),
    version: z.number().int(),
  })
  .meta({ id: 'Offer' });

export function offerView(offer: Offer): z.infer<typeof OfferView> {
  const { orgPath: _orgPath, ...view } = offer;
  return { ...view, categories: [...view.categories], communityIds: [...view.communityIds] };
}

export const OfferPage = pageOf(OfferView);

export const OfferQuery = z.strictObject({
  ...pageFields,
  state: z.enum(['open', 'withdrawn']).optional(),
  category: Category.optional(),
  unitId: z.uuid().optional(),
  communityId: z.uuid().optional(),
  sourceNumber: line(40).optional(),
  /** In Chinese or any other words; the best come first then, whatever `sort` says. */
  search: line(100).optional(),
  sort: z.enum(['serial', 'fundsFen']).default('serial'),
});

/** 资源清单 as a file. */
export const OFFER_COLUMNS: ListedAs<unknown, z.infer<typeof OfferView>>['columns'] = {
  number: ({ number }) => number,
  unit: ({ unitId }) => ({ unit: unitId }),
  offer: ({ description }) => description,
  categories: ({ categories }) => categories.map((category) => ({ text: `needs.category.${category}` })),
  communities: ({ communityIds }) => communityIds.map((unit) => ({ unit })),
  capacity: ({ capacity }) => capacity,
  funds: ({ fundsFen }) => ({ fen: fundsFen }),
  hours: ({ hours }) => hours,
  from: ({ fromOn }) => fromOn,
  until: ({ untilOn }) => untilOn,
  state: ({ state }) => ({ text: `needs.offer.${state}` }),
};
