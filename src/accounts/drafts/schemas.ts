import { z } from 'zod';

export const DraftForm = z.string().regex(/^[a-z][a-z-]{0,39}(:[A-Za-z0-9-]{1,60}){0,3}$/);

export const DraftToSave = z
  .strictObject({
    /** As the page wrote it; sealed, and never read here. */
    text: z.string().min(1).max(60_000),
    /** Version that was seen last; 0 = none. Another device may have saved since. */
    basedOn: z.int().min(0).max(1_000_000),
  })
  .meta({ id: 'DraftToSave' });

export const DraftSaved = z.strictObject({ version: z.int(), savedAt: z.string() }).meta({ id: 'DraftSaved' });

export const DraftAnswer = z
  .strictObject({
    /** Null: none is kept. */
    draft: DraftSaved.extend({ text: z.string() }).nullable(),
  })
  .meta({ id: 'DraftAnswer' });

export const DraftList = z.strictObject({ items: z.array(DraftSaved.extend({ form: z.string() })) }).meta({ id: 'DraftList' });

export const DraftRemoved = z.strictObject({ removed: z.literal(true) });
