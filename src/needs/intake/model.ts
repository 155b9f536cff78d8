import { refuse } from '../../kernel/refusal.ts';
import type { OrgPath } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';
import type { SurveyPolicy } from '../../policy/model.ts';
import type { Category } from '../model.ts';
import type { Channel, Consent, LeftOut, NeedState } from '../need/model.ts';

/** How an answer came in: the public form, staff on a resident's behalf, or a file that staff took over. */
export const ANSWER_CHANNELS = ['publicForm', 'staff', 'import'] as const;

export type AnswerChannel = (typeof ANSWER_CHANNELS)[number];

/** Where staff hear of a need. */
export const HEARD = ['visit', 'meeting', 'hotline', 'gridWorker', 'resident', 'case', 'other'] as const satisfies readonly Channel[];

/** `doubtful` waits for a person and counts nowhere until then. */
export const SUBMISSION_STATES = ['accepted', 'doubtful', 'rejected'] as const;

export type SubmissionState = (typeof SUBMISSION_STATES)[number];

/** By which submissions of one network are counted; of no use once the flood is over. */
export const NETWORK_MARK_MONTHS = 1;

export const DOUBTS = ['honeypot', 'tooFast', 'tooMany'] as const;

export type Doubt = (typeof DOUBTS)[number];

/** What is sealed of a submission, with the key of the one who speaks. */
export interface SealedContent {
  /** Free text by question. */
  readonly texts: Readonly<Record<string, string>>;
  readonly need: { readonly words: string; readonly place: string | null } | null;
  readonly contact: Contact | null;
}

export interface Contact {
  readonly name: string | null;
  readonly phone: string | null;
}

/** Who agreed to what: the notice by its version and hash, how, and whether a guardian agreed too. */
export interface Agreement {
  readonly noticeVersion: string;
  readonly channel: Consent;
  readonly minor: boolean;
  readonly guardian: boolean;
}

export interface Submission {
  readonly id: string;
  readonly orgPath: OrgPath;
  readonly communityId: string;
  readonly surveyId: string | null;
  readonly channel: AnswerChannel;
  readonly state: SubmissionState;
  readonly doubts: readonly Doubt[];
  readonly category: Category | null;
  readonly onBehalf: boolean;
  readonly submittedAt: Instant;
  readonly needId: string | null;
}

export interface StoredConsent {
  readonly purpose: 'processing' | 'guardian';
  readonly noticeVersion: string;
  readonly noticeHash: string;
  readonly channel: Consent;
  readonly givenAt: Instant;
  readonly recordedBy: string;
}

/** What a follow-up code opens: no words, no name, nobody else. */
export interface Followed {
  readonly state: SubmissionState;
  /** Who sent it has taken their consent back. */
  readonly withdrawn: boolean;
  readonly submittedAt: Instant;
  readonly communityId: string;
  readonly need: { readonly number: string; readonly state: NeedState; readonly keptState: NeedState | null; readonly category: Category; readonly publicText: string | null } | null;
  readonly remarks: readonly Instant[];
  /** What they are asked to add. */
  readonly asked: { readonly text: string; readonly at: Instant } | null;
  /** Why it, or what it was joined to, is not taken up. */
  readonly leftOut: LeftOut | null;
}

/** Everything about a submission that its community's staff may see; the contact is masked on the way out. */
export interface OpenedSubmission extends Submission, Omit<SealedContent, 'need'> {
  readonly withdrawnAt: Instant | null;
  readonly answers: Readonly<Record<string, unknown>>;
  readonly enteredBy: string;
  readonly consents: readonly StoredConsent[];
  readonly remarks: readonly { readonly at: Instant; readonly text: string }[];
}

/** What makes a public submission doubtful; nothing is refused for it, so that no honest one is lost. */
export function doubtsOf(
  seen: { readonly honeypot: string; readonly filledSeconds: number; readonly fromNetworkThisHour: number },
  policy: SurveyPolicy,
): Doubt[] {
  return [
    ...(seen.honeypot === '' ? [] : (['honeypot'] as const)),
    ...(seen.filledSeconds >= policy.fillSecondsMin ? [] : (['tooFast'] as const)),
    ...(seen.fromNetworkThisHour < policy.doubtfulPerNetworkHour ? [] : (['tooMany'] as const)),
  ];
}

/** Refuses `NOTICE_OUTDATED` and, for a child, `GUARDIAN_CONSENT_MISSING` (个人信息保护法 31). */
export function assertAgreed(agreement: Agreement, currentNotice: string, guardianBelowAge: number): void {
  if (agreement.noticeVersion !== currentNotice) refuse('NOTICE_OUTDATED', 'rule');
  if (agreement.minor && !agreement.guardian) refuse('GUARDIAN_CONSENT_MISSING', 'rule', { age: guardianBelowAge });
}

/** Refuses `TICKET_EXPIRED`: a form left open for so long is opened again. */
export function assertFresh(openedMs: number, { ticketMinutes: minutes }: SurveyPolicy): void {
  if (openedMs > minutes * 60_000) refuse('TICKET_EXPIRED', 'rule', { minutes });
}

/** Refuses `REMARKS_MANY`. */
export function assertRoomForRemark(count: number, { remarksMax: max }: SurveyPolicy): void {
  if (count >= max) refuse('REMARKS_MANY', 'rule', { max });
}

/** What a resident is told of their submission; every one has a text in plain words. */
export const FOLLOW_STATES = ['checking', 'notTaken', 'counted', 'received', 'asked', 'triaged', 'listed', 'answered', 'closed', 'joined', 'withdrawn', 'leftOut'] as const;

export type FollowState = (typeof FOLLOW_STATES)[number];

/** Nothing is to be said yet of what it was joined to; what is asked of another, only they are told. */
function isNotLookedAt(kept: NeedState): kept is 'raised' | 'asked' | 'merged' | 'withdrawn' {
  return kept === 'raised' || kept === 'asked' || kept === 'merged' || kept === 'withdrawn';
}

/** `need`: the state of what came of it, and of the one it was merged into. */
export function followState({
  state: submission,
  withdrawn,
  need,
}: {
  readonly state: SubmissionState;
  readonly withdrawn: boolean;
  readonly need: { readonly state: NeedState; readonly keptState: NeedState | null } | null;
}): FollowState {
  if (withdrawn) return 'withdrawn';
  if (submission === 'doubtful') return 'checking';
  if (submission === 'rejected') return 'notTaken';
  if (!need) return 'counted';
  if (need.state !== 'merged') return need.state === 'raised' ? 'received' : need.state;
  const { keptState } = need;
  return keptState === null || isNotLookedAt(keptState) ? 'joined' : keptState;
}

/** The signs by which a need in residents' words is given to a category; first come, first served. A person decides. */
const SIGNS: readonly (readonly [Category, RegExp])[] = [
  ['dining', /食堂|助餐|吃饭|送餐|用餐|做饭/],
  ['medical', /看病|就医|医院|买药|体检|义诊|慢病|血压/],
  ['care', /助浴|护理|照护|陪护|失能|卧床|残疾|康复/],
  ['elderly', /老人|老年|养老|独居|空巢|高龄/],
  ['children', /孩子|儿童|托管|小孩|幼儿|放学|婴/],
  ['education', /辅导|培训|课程|上学|学习|阅读/],
  ['mobility', /停车|电梯|公交|坡道|扶手|出行|路面|台阶|充电桩/],
  ['safety', /消防|路灯|照明|监控|电线|飞线|安全|隐患|盗/],
  ['environment', /垃圾|卫生|绿化|噪音|污水|异味|蚊虫|环境|树/],
  ['housing', /漏水|屋顶|外墙|管道|下水|停水|停电|房屋|楼道|门禁/],
  ['employment', /就业|工作|招聘|零工|失业/],
  ['culture', /活动室|广场舞|文化|健身|体育|图书|演出/],
  ['governance', /物业|业委会|公示|投票|议事|调解|邻里/],
];

/** A suggestion from the words alone; `other` where no sign is found. */
export function suggestCategory(words: string): Category {
  return SIGNS.find(([, sign]) => sign.test(words))?.[0] ?? 'other';
}
