import { z } from 'zod';

/** Of a list of the page. */
export const ListParam = z.string().regex(/^[a-z][a-z-]{0,39}$/);

const query = z
  .record(z.string().regex(/^[a-zA-Z]{1,30}$/), z.string().max(200))
  .refine((values) => Object.keys(values).length <= 30);

export const ViewToSave = z.strictObject({
  /** Saved again under the same name it replaces the one before. */
  name: z.string().trim().min(1).max(40),
  query,
});

export const ViewAnswer = z.strictObject({ id: z.uuid(), name: z.string(), query: z.record(z.string(), z.string()) });

export const ViewList = z.strictObject({ items: z.array(ViewAnswer) });

export const ViewRemoved = z.strictObject({ removed: z.literal(true) });
