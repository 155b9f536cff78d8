import { z } from 'zod';
import { pageFields, pageOf } from '../../platform/http/cursor.ts';

const text = z.string().trim().min(1).max(2000);
const Status = z.enum(['proposed', 'noticed', 'objected', 'granted', 'refused', 'withdrawn']);

export const AwardParam = z.strictObject({ id: z.uuid() });

export const AwardToPropose = z
  .strictObject({
    projectId: z.uuid(),
    /** The project's community or its implementing social organisation. */
    recipientId: z.uuid(),
    amountFen: z.int().min(1).max(1_000_000_000_000),
    /** What the money is to continue: it is earmarked. */
    purpose: text,
  })
  .meta({ id: 'AwardToPropose' });

/** The digest of what the approver has seen: if the proposal is another one by now, the approval is refused. */
export const AwardApproval = z.strictObject({ digest: z.string().min(1).max(100) }).meta({ id: 'AwardApproval' });

export const AwardReason = z.strictObject({ reason: text }).meta({ id: 'AwardReason' });

export const ObjectionAnswer = z.strictObject({ upheld: z.boolean(), answer: text }).meta({ id: 'AwardObjectionAnswer' });

export const AwardQuery = z.strictObject({
  ...pageFields,
  status: Status.optional(),
  projectId: z.uuid().optional(),
});

export const AwardView = z
  .object({
    id: z.uuid(),
    projectId: z.uuid(),
    communityId: z.uuid(),
    recipientId: z.uuid(),
    amountFen: z.int(),
    digest: z.string(),
    /** Persons who must approve, and who have. */
    needed: z.int(),
    given: z.int(),
    status: Status,
    version: z.int(),
    /** End of the public notice; while an objection is open, the day by which it is answered. */
    due: z.string().nullable(),
    proposedAt: z.string(),
    movedAt: z.string(),
  })
  .meta({ id: 'Award' });

export const AwardPage = pageOf(AwardView);

export const AwardFile = AwardView.extend({
  contents: z.array(
    z.object({ id: z.uuid(), kind: z.string(), body: z.unknown(), hash: z.string(), author: z.string(), at: z.string() }),
  ),
}).meta({ id: 'AwardFile' });
