import { z } from 'zod';
import type { Month } from './model.ts';

export const NoteBody = z
  .strictObject({
    /** The lead unit, for which the caller writes. */
    unitId: z.uuid(),
    month: z
      .string()
      .regex(/^20\d\d-(0[1-9]|1[0-2])$/)
      .transform((text) => text as Month),
    text: z.string().trim().min(1).max(500),
  })
  .meta({ id: 'ProjectNoteBody' });

export const NoteView = z.strictObject({ projectId: z.uuid(), month: z.string(), text: z.string(), at: z.string() }).meta({ id: 'ProjectNote' });
