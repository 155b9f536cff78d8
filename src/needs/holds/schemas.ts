import { z } from 'zod';
import { pageFields, pageOf } from '../../platform/http/cursor.ts';
import { line } from '../schemas.ts';
import { HELD_KINDS, HOLD_GROUNDS, type Hold } from './model.ts';

export const NewHold = z
  .strictObject({
    /** `submission`: what is kept of who sent it, with the need that it becomes. */
    record: z.strictObject({ kind: z.enum(['need', 'submission', 'import']), id: z.uuid() }),
    ground: z.enum(HOLD_GROUNDS),
    /** File number of the court or authority; names nobody. */
    note: line(200),
  })
  .meta({ id: 'NewLegalHold' });

export const HoldParam = z.strictObject({ id: z.uuid() });

export const HoldQuery = z.strictObject({ ...pageFields, open: z.enum(['true', 'false']).optional(), recordId: z.uuid().optional() });

export const HoldView = z
  .object({
    id: z.uuid(),
    record: z.object({ kind: z.enum(HELD_KINDS), id: z.uuid() }),
    ground: z.enum(HOLD_GROUNDS),
    note: z.string(),
    placedAt: z.string(),
    placedBy: z.string(),
    liftedAt: z.string().nullable(),
    liftedBy: z.string().nullable(),
  })
  .meta({ id: 'LegalHold' });

export const HoldPage = pageOf(HoldView);

export function holdView({ orgPath: _, ...hold }: Hold): z.infer<typeof HoldView> {
  return hold;
}
