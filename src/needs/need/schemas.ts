import { z } from 'zod';
import { maskName, maskPhone } from '../../platform/crypto/mask.ts';
import { FileIds } from '../../files/schemas.ts';
import { pageFields, pageOf } from '../../platform/http/cursor.ts';
import { Category, flag, line } from '../schemas.ts';
import { CHANNELS, CONFIRMERS, CONSENTS, LEAVING_REASONS, NEED_STATES, RAISER_KINDS, URGENCIES, type Need, type Raiser } from './model.ts';

const Urgency = z.enum(URGENCIES);
const People = z.number().int().min(1).max(1_000_000);
const Phone = z.string().trim().regex(/^[+\d][\d\s-]{5,24}$/);

const triaged = {
  category: Category.optional(),
  urgency: Urgency.optional(),
  peopleAffected: People.optional(),
  evidence: line(1000).optional(),
  /** Name of the estate or courtyard. */
  place: line(60).optional(),
};

export const NeedBody = z
  .strictObject({
    communityId: z.uuid(),
    channel: z.enum(CHANNELS).default('form'),
    category: Category,
    urgency: Urgency.default('routine'),
    peopleAffected: People.default(1),
    place: line(60).optional(),
    evidence: line(1000).optional(),
    /** For everyone; phone, identity, account, room and plate numbers are masked and kept with the raiser's words. */
    publicText: line(500).optional(),
    raiserKind: z.enum(RAISER_KINDS).default('resident'),
    /** The raiser's own words and contact: sealed, for staff of the community only. */
    raiser: z
      .strictObject({
        words: line(2000).optional(),
        name: line(60).optional(),
        phone: Phone.optional(),
        /** How the resident agreed; staff need it to keep a contact. */
        consent: z.enum(CONSENTS).optional(),
      })
      .default({}),
    /** Photographs that the caller has sent to `/files` before. */
    files: FileIds.optional(),
  })
  .refine((need) => need.publicText !== undefined || need.raiser.words !== undefined, {
    path: ['publicText'],
    params: { code: 'NEED_TEXT_MISSING' },
  })
  .meta({ id: 'NeedBody' });

export const NeedView = z
  .strictObject({
    id: z.uuid(),
    number: z.string(),
    sourceNumber: z.string().nullable(),
    communityId: z.uuid(),
    channel: z.enum(CHANNELS),
    place: z.string().nullable(),
    category: Category,
    urgency: Urgency,
    peopleAffected: z.number().int(),
    evidence: z.string().nullable(),
    publicText: z.string().nullable(),
    raiserKind: z.enum(RAISER_KINDS),
    state: z.enum(NEED_STATES),
    mergedInto: z.uuid().nullable(),
    /** 不列入: why it is not taken up; set in the state `leftOut` only. */
    leftOut: z.strictObject({ reason: z.enum(LEAVING_REASONS), text: z.string() }).nullable(),
    /** Phone, identity, account, room or plate numbers were masked in the public text: somebody is to look at it. */
    needsLook: z.boolean(),
    raisedAt: z.string(),
    version: z.number().int(),
  })
  .meta({ id: 'Need' });

export function needView(need: Need): z.infer<typeof NeedView> {
  const { orgPath: _orgPath, raisedBy: _raisedBy, ...view } = need;
  return view;
}

const kin = z.strictObject({ id: z.uuid(), number: z.string(), state: z.enum(NEED_STATES) });

export function kinView({ id, number, state }: Need): z.infer<typeof kin> {
  return { id, number, state };
}

export const NeedDetail = NeedView.extend({
  raiser: z
    .strictObject({
      words: z.string().nullable(),
      /** Masked: 张＊＊. */
      name: z.string().nullable(),
      /** Masked: 138****5678. */
      phone: z.string().nullable(),
      consent: z.enum(CONSENTS).nullable(),
    })
    .nullable(),
  /** The need it was merged into: its raiser follows that one. */
  follows: kin.nullable(),
  /** Needs merged into it. */
  repeats: z.array(kin),
  /** 请补充: what who raised it was asked, oldest first; the last one is open while the state is `asked`. */
  questions: z.array(
    z.strictObject({
      number: z.number().int(),
      text: z.string(),
      askedAt: z.string(),
      answeredAt: z.string().nullable(),
      /** In the raiser's own words. */
      answer: z.string().nullable(),
    }),
  ),
  /** Whether who raised it sees by a follow-up code what is asked; otherwise somebody has to call. */
  followed: z.boolean(),
  /** How many raised it: itself, and those merged into it. */
  raisers: z.number().int(),
  /** Every merge it took part in, also those undone. */
  merges: z.array(
    z.strictObject({ id: z.uuid(), keptId: z.uuid(), mergedId: z.uuid(), mergedAt: z.string(), undoneAt: z.string().nullable() }),
  ),
}).meta({ id: 'NeedDetail' });

export function raiserView({ words, name, phone, consent }: Raiser): NonNullable<z.infer<typeof NeedDetail>['raiser']> {
  return { words, name: name && maskName(name), phone: phone && maskPhone(phone, 'staff'), consent };
}

export const NeedPage = pageOf(NeedView);

const state = NEED_STATES.join('|');

export const NeedQuery = z.strictObject({
  ...pageFields,
  /** One or several, with commas between them. */
  state: z.string().regex(new RegExp(`^(${state})(,(${state})){0,${NEED_STATES.length - 1}}$`)).optional(),
  category: Category.optional(),
  communityId: z.uuid().optional(),
  sourceNumber: line(40).optional(),
  /** Only those whose public text a person is to look at. */
  needsLook: flag,
  /** Only what came of the answers to this survey. */
  surveyId: z.uuid().optional(),
  /** In Chinese or any other words; the best come first then, whatever `sort` says. */
  search: line(100).optional(),
  sort: z.enum(['raisedAt', 'urgency']).default('raisedAt'),
});

export const NeedPatch = z.strictObject({ ...triaged, publicText: line(500).optional() }).meta({ id: 'NeedPatch' });

export const TriageBody = z.strictObject({ ...triaged, publicText: line(500) }).meta({ id: 'TriageBody' });

export const TriageBatch = z.strictObject({
  needs: z
    .array(z.strictObject({ id: z.uuid(), version: z.number().int().min(1), ...triaged, publicText: line(500).optional() }))
    .min(1)
    .max(500),
});

export const MergeBody = z.strictObject({ into: z.uuid() });

export const ConfirmBody = z.strictObject({ by: z.enum(CONFIRMERS) });

export const ConfirmBatch = z.strictObject({ by: z.enum(CONFIRMERS), ids: z.array(z.uuid()).min(1).max(500) });
