import { z } from 'zod';
import { policyKinds } from './model.ts';

export const PolicyKindParam = z.enum(policyKinds);

export const VersionParam = z.coerce.number().int().min(1).max(1_000_000);

const Value = z.union([z.number().int(), z.boolean(), z.string().max(40), z.array(z.number().int()).max(20)]);

const Evidence = z.enum(['★', '◐', 'A']);

const PackHeader = z.strictObject({
  kind: PolicyKindParam,
  version: z.number().int(),
  /** First day, in Asia/Shanghai, on which new cases take it. */
  effectiveFrom: z.string(),
  hash: z.string(),
});

export const PackList = z.strictObject({
  items: z.array(
    PackHeader.extend({
      reason: z.string(),
      publishedBy: z.string(),
      publishedAt: z.string(),
      /** Whether a case that starts today takes this version. */
      inForce: z.boolean(),
    }),
  ),
});

export const PackView = PackHeader.extend({
  content: z.record(
    z.string(),
    z.strictObject({
      value: Value,
      unit: z.string(),
      source: z.string(),
      /** ★ statute read · ◐ published rule or report, excerpt only · A default without a source. */
      grade: Evidence,
      label: z.strictObject({ zh: z.string(), en: z.string() }),
    }),
  ),
});

/** Based on the version named by `If-Match`; values not mentioned stay. */
export const VersionToPublish = z.strictObject({
  effectiveFrom: z.iso.date().refine((text) => text >= '2000-01-01' && text < '2100-01-01'),
  reason: z.string().trim().min(1).max(500),
  changes: z
    .record(
      z.string().max(60),
      z.strictObject({ value: Value, source: z.string().trim().min(1).max(500), grade: Evidence }),
    )
    .refine((changes) => Object.keys(changes).length <= 100),
});
