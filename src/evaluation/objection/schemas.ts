import { z } from 'zod';
import { HEARD_STATES, OBJECTION_CHANNELS, type FollowedObjection, type OpenedObjection } from './model.ts';

const Reason = z.string().trim().min(1).max(2000);
const Name = z.string().trim().min(1).max(60);
const Phone = z.string().trim().regex(/^[+\d][\d\s-]{5,24}$/);

export const NoticeParam = z.strictObject({ id: z.uuid() });

/** Named, so that it can be answered; only those who answer it read who it was. */
export const PublicObjection = z
  .strictObject({ tenant: z.string().regex(/^[a-z][a-z0-9-]{1,30}$/), name: Name, phone: Phone, reason: Reason })
  .meta({ id: 'PublicObjection' });

export const UnitObjection = z.strictObject({ reason: Reason }).meta({ id: 'UnitObjection' });

/** As it was handed in; the telephone may be missing. */
export const PaperObjection = z.strictObject({ name: Name, phone: Phone.optional(), reason: Reason }).meta({ id: 'PaperObjection' });

const objection = {
  id: z.uuid(),
  awardId: z.uuid(),
  channel: z.enum(OBJECTION_CHANNELS),
  unitId: z.uuid().nullable(),
  state: z.enum(HEARD_STATES),
  /** Null once who objected was forgotten. */
  reason: z.string().nullable(),
  at: z.string(),
  answer: z.string().nullable(),
  settledAt: z.string().nullable(),
};

const followed = {
  ...objection,
  stateText: z.string(),
  projectNumber: z.string(),
  projectTitle: z.string(),
  /** By when it is answered; null once it is. */
  due: z.string().nullable(),
};

export const FollowedView = z.strictObject(followed).meta({ id: 'FollowedObjection' });

export const FollowedList = z.strictObject({ items: z.array(FollowedView) }).meta({ id: 'FollowedObjectionList' });

/** `followUpCode`: with it the answer is read; kept nowhere. */
export const SentObjection = z.strictObject({ ...followed, followUpCode: z.string() }).meta({ id: 'SentObjection' });

export const ObjectionList = z
  .strictObject({ items: z.array(z.strictObject({ ...objection, name: z.string().nullable(), phone: z.string().nullable() })) })
  .meta({ id: 'AwardObjectionList' });

export function objectionView({ words, ...rest }: OpenedObjection): z.infer<typeof ObjectionList>['items'][number] {
  const { id, awardId, channel, unitId, state, at, answer, settledAt } = rest;
  return { id, awardId, channel, unitId, state, at, answer, settledAt, reason: words?.reason ?? null, name: words?.name ?? null, phone: words?.phone ?? null };
}

export function followedView(found: FollowedObjection, text: (key: string) => string): z.infer<typeof FollowedView> {
  const { name: _name, phone: _phone, ...view } = objectionView(found);
  const { projectNumber, projectTitle, due } = found;
  return { ...view, projectNumber, projectTitle, due, stateText: text(`evaluation.objection.state.${found.state}`) };
}
