import type { LocalDate } from '../kernel/time.ts';

/** Micro-projects: how long each stage may take and what a unit may take on. */
export interface MicroProjectPolicy {
  readonly consentWorkdays: number;
  readonly consentTurnoutTwelfths: number;
  readonly consentOrdinaryTwelfths: number;
  readonly consentMajorTwelfths: number;
  readonly offerWorkdays: number;
  readonly claimWorkdays: number;
  readonly agreementWorkdays: number;
  readonly reviewWorkdays: number;
  readonly acceptanceWorkdays: number;
  readonly rectificationWorkdays: number;
  readonly evaluationWorkdays: number;
  readonly openClaimsPerUnit: number;
  readonly budgetCapFen: number;
  readonly coFunding: boolean;
}

/** A community's quarter: its joint meeting and the reports heard there. */
export interface QuarterPolicy {
  readonly opensBeforeDays: number;
  readonly meetingWorkdayIndex: number;
  readonly topicsBeforeDays: number;
  readonly noticeBeforeWorkdays: number;
  readonly minutesAfterWorkdays: number;
  readonly reportDueBeforeMeetingWorkdays: number;
  /** Days before the due date, earliest first; 0 = on the day. */
  readonly reportReminderDays: readonly number[];
  readonly reportLateAfterDays: number;
  readonly reportEscalateAfterDays: number;
  readonly reminderHour: number;
}

/** What a fit between need and unit is worth; the weights share 100 points. */
export interface MatchingPolicy {
  readonly categoryWeight: number;
  readonly distanceWeight: number;
  readonly neighbourPercent: number;
  readonly capacityWeight: number;
  readonly fundsWeight: number;
  readonly gradeWeight: number;
  readonly loadWeight: number;
  readonly textWeight: number;
  readonly preferenceBound: number;
  readonly outsidePenalty: number;
  readonly filterCategory: boolean;
  readonly filterArea: boolean;
  readonly filterDates: boolean;
  readonly filterFunds: boolean;
  readonly confirmWorkdays: number;
  readonly candidatesPerNeed: number;
  readonly rule: 'optimal' | 'stable';
}

/** The rubric; its weights share 100 points. */
export interface EvaluationPolicy {
  readonly completionWeight: number;
  readonly qualityWeight: number;
  readonly satisfactionWeight: number;
  readonly financeWeight: number;
  readonly sustainabilityWeight: number;
  readonly financeVeto: boolean;
  readonly financeVetoBelowPercent: number;
  readonly excellentFrom: number;
  readonly goodFrom: number;
  readonly passFrom: number;
  readonly ratersMin: number;
  readonly ratingCodeDays: number;
  readonly clusterRatings: number;
  readonly clusterSeconds: number;
}

export type PassingGrade = 'excellent' | 'good' | 'pass';

/** 以奖代补: paid on results, never before them. */
export interface AwardPolicy {
  readonly gradeFrom: PassingGrade;
  readonly spendPercentMax: number;
  readonly capFen: number;
  readonly noticeWorkdays: number;
  readonly objectionWorkdays: number;
  readonly approvals: number;
}

/** 积分评价 of units; not redeemable, never converted into money. */
export interface PointsPolicy {
  readonly acceptedReportPoints: number;
  readonly onTimeReportPoints: number;
  readonly excellentPoints: number;
  readonly goodPoints: number;
  readonly passPoints: number;
}

/** Needs surveys and what residents send without signing in. */
export interface SurveyPolicy {
  readonly questionsMax: number;
  readonly choicesMax: number;
  readonly targetPerArea: number;
  readonly collectingDaysMax: number;
  /** Days before closing, earliest first; 0 = on the day. */
  readonly reminderDays: readonly number[];
  readonly reminderHour: number;
  readonly triageWorkdays: number;
  readonly listedDays: number;
  readonly fillSecondsMin: number;
  readonly ticketMinutes: number;
  readonly doubtfulPerNetworkHour: number;
  readonly guardianBelowAge: number;
  readonly remarksMax: number;
}

/** Triage of needs: what is proposed to a person as alike. */
export interface NeedsPolicy {
  readonly duplicatePercent: number;
  readonly bundlePercent: number;
}

/** Photographs and scans that people send. */
export interface FilesPolicy {
  readonly filesPerMessage: number;
  readonly filesPerNeed: number;
  readonly imageEdgePixels: number;
  readonly imageMegapixels: number;
  readonly imageQuality: number;
  readonly pdfMegabytes: number;
  readonly unattachedHours: number;
}

/** What people may ask about their own data, and how often somebody may look behind a mask. */
export interface RightsPolicy {
  readonly answerWorkdays: number;
  readonly copyDays: number;
  readonly revealsPerDay: number;
  readonly revealsAlarm: number;
  readonly exposuresOpenMost: number;
}

/** How long what is kept of people is kept, once the matter is over. */
export interface RetentionPolicy {
  readonly residentMonths: number;
  readonly importMonths: number;
  readonly networkMarkMonths: number;
  readonly sessionDays: number;
  readonly draftDays: number;
  readonly staffMonths: number;
  readonly auditMonths: number;
}

export interface Policies {
  readonly microProject: MicroProjectPolicy;
  readonly quarter: QuarterPolicy;
  readonly matching: MatchingPolicy;
  readonly evaluation: EvaluationPolicy;
  readonly award: AwardPolicy;
  readonly points: PointsPolicy;
  readonly needs: NeedsPolicy;
  readonly survey: SurveyPolicy;
  readonly files: FilesPolicy;
  readonly rights: RightsPolicy;
  readonly retention: RetentionPolicy;
}

export type PolicyKind = keyof Policies;

export const policyKinds = ['microProject', 'quarter', 'matching', 'evaluation', 'award', 'points', 'survey', 'needs', 'files', 'rights', 'retention'] as const satisfies readonly PolicyKind[];

export function isPolicyKind(text: string): text is PolicyKind {
  return (policyKinds as readonly string[]).includes(text);
}

/** ★ statute read · ◐ published rule or report, excerpt only · A our default, no source found. */
export type Evidence = '★' | '◐' | 'A';

export type PolicyUnit =
  | 'workdays'
  | 'days'
  | 'hourOfDay'
  | 'workdayOfMonth'
  | 'twelfths'
  | 'fen'
  | 'percent'
  | 'points'
  | 'count'
  | 'switch'
  | 'grade'
  | 'rule';

export type Scalar = number | boolean | string | readonly number[];

/** One number an official can see and change, with where it comes from. */
export interface PolicyValue<Value extends Scalar = Scalar> {
  readonly value: Value;
  readonly unit: PolicyUnit;
  readonly source: string;
  readonly grade: Evidence;
  readonly label: { readonly zh: string; readonly en: string };
}

export type PolicyContent<Kind extends PolicyKind = PolicyKind> = {
  readonly [Name in keyof Policies[Kind]]: PolicyValue<Policies[Kind][Name] & Scalar>;
};

/** A default value with the bounds inside which any version must stay. */
export type Defined<Value extends Scalar> = PolicyValue<Value> &
  ([Value] extends [number | readonly number[]]
    ? { readonly range: readonly [min: number, max: number] }
    : [Value] extends [string]
      ? { readonly oneOf: readonly Value[] }
      : unknown);

export type PackDefinition<Kind extends PolicyKind = PolicyKind> = {
  readonly [Name in keyof Policies[Kind]]: Defined<Policies[Kind][Name] & Scalar>;
};

export interface PolicyPack<Kind extends PolicyKind = PolicyKind> {
  readonly kind: Kind;
  readonly version: number;
  /** First business day on which new cases take it. */
  readonly effectiveFrom: LocalDate;
  readonly hash: string;
  readonly content: PolicyContent<Kind>;
}

/** What a case carries from its start to its end: plain JSON; later versions of the pack never reach it. */
export interface PinnedPolicy<Kind extends PolicyKind = PolicyKind> {
  readonly kind: Kind;
  readonly version: number;
  readonly hash: string;
  readonly values: Policies[Kind];
}

export function pinOf<Kind extends PolicyKind>({ kind, version, hash, content }: PolicyPack<Kind>): PinnedPolicy<Kind> {
  return { kind, version, hash, values: valuesOf(content) };
}

export function valuesOf<Kind extends PolicyKind>(content: PolicyContent<Kind>): Policies[Kind] {
  const entries = Object.entries<PolicyValue>(content).map(([name, { value }]) => [name, value]);
  return Object.fromEntries(entries) as Policies[Kind];
}

/** The first version of a pack: the defaults without their bounds. */
export function contentOf<Kind extends PolicyKind>(definition: PackDefinition<Kind>): PolicyContent<Kind> {
  const entries = Object.entries<PolicyValue>(definition).map(([name, { value, unit, source, grade, label }]) => [
    name,
    { value, unit, source, grade, label },
  ]);
  return Object.fromEntries(entries) as PolicyContent<Kind>;
}

/** A new value and its reason; unit and label stay what they are. */
export interface PolicyChange {
  readonly value: Scalar;
  readonly source: string;
  readonly grade: Evidence;
}

export type PolicyChanges = Readonly<Record<string, PolicyChange>>;

/** Names that the pack does not have are left out here and reported by `faultsOf`. */
export function amended<Kind extends PolicyKind>(content: PolicyContent<Kind>, changes: PolicyChanges): PolicyContent<Kind> {
  const entries = Object.entries<PolicyValue>(content).map(([name, value]) => [
    name,
    Object.hasOwn(changes, name) ? { ...value, ...changes[name] } : value,
  ]);
  return Object.fromEntries(entries) as PolicyContent<Kind>;
}
