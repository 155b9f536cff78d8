import { z } from 'zod';
import { DOCUMENT_FORMATS } from './model.ts';

/** Typed by hand: case, blanks and hyphens do not matter. */
export const CheckCodeParam = z.strictObject({ code: z.string().min(1).max(40) });

export const PaperQuery = z.strictObject({ format: z.enum(['pdf', 'docx']).default('pdf') });

export const PdfQuery = z.strictObject({ format: z.enum(['pdf']).default('pdf') });

export const VerifiedView = z
  .object({
    code: z.string(),
    kind: z.string(),
    /** Of the kind, as people call it. */
    name: z.string(),
    /** Number of the project, or the period, that it is about. */
    label: z.string(),
    /** Organisation in whose name it was printed. */
    issuer: z.string(),
    printedAt: z.string(),
    contentHash: z.string(),
    prints: z.array(z.object({ format: z.enum(DOCUMENT_FORMATS), language: z.enum(['zh', 'en']), bytesHash: z.string(), printedAt: z.string() })),
    /** Whether it would say the same today; null where that cannot be told any more. */
    current: z.boolean().nullable(),
  })
  .meta({ id: 'VerifiedDocument' });
