import { z } from 'zod';
import { pageFields, pageOf } from '../platform/http/cursor.ts';
import { CONSENTS, NEED_STATES } from '../needs/need/model.ts';
import { Category, line } from '../needs/schemas.ts';
import { TEXT_MAX } from '../needs/survey/questions/model.ts';
import { REFUSAL_GROUNDS, RIGHTS, RIGHTS_CHANNELS, type RightsStatus } from './model.ts';
import type { OwnData, RightsContent, RightsRequest } from './reading.ts';

const STATUSES = ['received', 'carriedOut', 'refused', 'withdrawn'] as const satisfies readonly RightsStatus[];
const Phone = z.string().trim().regex(/^[+\d][\d\s-]{5,24}$/);
const code = z.string().min(1).max(40);
const wish = line(500);

export const NewRightsRequest = z
  .strictObject({
    /** Whose data: who raised the need, or who sent the submission. */
    record: z.strictObject({ kind: z.enum(['need', 'submission']), id: z.uuid() }),
    right: z.enum(RIGHTS),
    /** Staff have made sure that it is this person who asks. */
    channel: z.enum(['paper', 'oral']),
    wish: wish.optional(),
  })
  .meta({ id: 'NewRightsRequest' });

export const CarryOutBody = z
  .strictObject({
    /** For a correction: what is put right; what is left out stays. */
    correction: z.strictObject({ words: line(TEXT_MAX).optional(), name: line(60).optional(), phone: Phone.optional() }).optional(),
  })
  .meta({ id: 'RightsCarryOut' });

export const RefuseBody = z.strictObject({ ground: z.enum(REFUSAL_GROUNDS), reason: line(500) }).meta({ id: 'RightsRefusal' });

export const RightsParam = z.strictObject({ id: z.uuid() });

export const RightsQuery = z.strictObject({ ...pageFields, status: z.enum(STATUSES).optional(), right: z.enum(RIGHTS).optional() });

export const RightsView = z
  .object({
    id: z.uuid(),
    right: z.enum(RIGHTS),
    channel: z.enum(RIGHTS_CHANNELS),
    status: z.enum(STATUSES),
    ground: z.enum(REFUSAL_GROUNDS).nullable(),
    late: z.boolean(),
    due: z.string().nullable(),
    communityId: z.uuid(),
    needId: z.uuid(),
    submissionId: z.uuid().nullable(),
    copyUntil: z.string().nullable(),
    receivedAt: z.string(),
    movedAt: z.string(),
    version: z.int(),
  })
  .meta({ id: 'RightsRequest' });

export const RightsPage = pageOf(RightsView);

export const RightsFile = RightsView.extend({
  /** What the person wrote and what they were answered; null once they were deleted. */
  contents: z.array(z.object({ kind: z.enum(['wish', 'correction', 'refusal']), text: z.string().nullable(), at: z.string() })),
  /** Why nothing of them may be deleted now. */
  heldFor: z.string().nullable(),
}).meta({ id: 'RightsRequestFile' });

export function rightsView({ orgPath: _, subjectId: _subject, ...request }: RightsRequest): z.infer<typeof RightsView> {
  return request;
}

export const OwnDataView = z
  .object({
    need: z
      .object({ number: z.string(), state: z.enum(NEED_STATES), category: Category, publicText: z.string().nullable(), raisedAt: z.string() })
      .nullable(),
    words: z.string().nullable(),
    name: z.string().nullable(),
    phone: z.string().nullable(),
    /** Free text of a survey, by question. */
    texts: z.record(z.string(), z.string()),
    answers: z.record(z.string(), z.unknown()),
    consents: z.array(z.object({ purpose: z.enum(['processing', 'guardian']), noticeVersion: z.string(), channel: z.enum(CONSENTS), givenAt: z.string() })),
    remarks: z.array(z.object({ at: z.string(), text: z.string() })),
    photographs: z.int(),
  })
  .meta({ id: 'OwnData' });

export function ownDataView({ need, consents, remarks, ...rest }: OwnData): z.infer<typeof OwnDataView> {
  const told = need && { number: need.number, state: need.state, category: need.category, publicText: need.publicText, raisedAt: need.raisedAt };
  return {
    ...rest,
    need: told,
    consents: consents.map(({ purpose, noticeVersion, channel, givenAt }) => ({ purpose, noticeVersion, channel, givenAt })),
    remarks: [...remarks],
  };
}

export const PublicRightsBody = z.strictObject({ code, right: z.enum(RIGHTS), wish: wish.optional() }).meta({ id: 'PublicRightsRequest' });

export const PublicWithdrawBody = z.strictObject({ code }).meta({ id: 'PublicRightsWithdrawal' });

export const FollowedRights = z
  .object({
    id: z.uuid(),
    right: z.enum(RIGHTS),
    rightText: z.string(),
    status: z.enum(STATUSES),
    statusText: z.string(),
    receivedAt: z.string(),
    /** By when it is answered; null once it is. */
    due: z.string().nullable(),
    refusal: z.object({ groundText: z.string(), reason: z.string().nullable() }).nullable(),
    /** Until when the copy may be read. */
    copyUntil: z.string().nullable(),
  })
  .meta({ id: 'FollowedRightsRequest' });

export const FollowedRightsList = z.object({ items: z.array(FollowedRights) }).meta({ id: 'FollowedRightsRequests' });

export function followedRights(request: RightsRequest, contents: readonly RightsContent[], say: (key: string) => string): z.infer<typeof FollowedRights> {
  const { id, right, status, receivedAt, due, ground, copyUntil } = request;
  const reason = contents.find(({ kind }) => kind === 'refusal')?.text ?? null;
  return {
    id,
    right,
    rightText: say(`rights.right.${right}`),
    status,
    statusText: say(`rights.status.${status}`),
    receivedAt,
    due,
    refusal: ground && { groundText: say(`rights.ground.${ground}`), reason },
    copyUntil,
  };
}
