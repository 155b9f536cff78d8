import { z } from 'zod';

const day = z.iso.date();
const side = z.strictObject({ key: z.string(), label: z.string(), from: day, until: day.nullable(), text: z.string() });
const step = z.strictObject({
  key: z.string(),
  label: z.string(),
  state: z.enum(['done', 'current', 'ahead', 'skipped']),
  on: day.nullable(),
  /** The latest day if every step takes all its time. */
  estimated: day.nullable(),
  count: z.strictObject({ done: z.int(), of: z.int() }).nullable(),
  note: z.string().nullable(),
  text: z.string(),
  side: z.array(side),
});

/** Texts are in the language that `Accept-Language` asks for. */
export const StageAnswer = z
  .strictObject({
    kind: z.string(),
    sentence: z.string(),
    turn: z.enum(['mine', 'other', 'system', 'none']),
    owner: z
      .strictObject({ role: z.string(), orgUnitId: z.string().nullable(), text: z.string(), people: z.array(z.string()) })
      .nullable(),
    what: z.string().nullable(),
    dueAt: z.string().nullable(),
    /** Negative = late by so many. */
    workdaysLeft: z.int().nullable(),
    late: z.boolean(),
    otherwise: z.string().nullable(),
    escalations: z.array(z.strictObject({ at: z.string(), text: z.string() })),
    action: z.strictObject({ command: z.string(), label: z.string() }).nullable(),
    also: z.array(z.string()),
    steps: z.array(step),
    history: z.array(z.strictObject({ at: z.string(), text: z.string(), by: z.string().nullable() })),
  })
  .meta({ id: 'StageView' });
