import type { OrgPath } from '../../../kernel/scope.ts';
import type { Instant } from '../../../kernel/time.ts';
import type { SurveyPolicy } from '../../../policy/model.ts';
import type { AnswerChannel } from '../../intake/model.ts';
import type { SurveyStatus } from '../lifecycle/model.ts';
import type { Question } from '../questions/model.ts';

/** What a person writes; everything in it may be read by everyone once it is released. */
export interface SurveyContent {
  readonly title: string;
  readonly intro: string | null;
  readonly questions: readonly Question[];
  readonly communityIds: readonly string[];
  readonly channels: readonly AnswerChannel[];
  readonly targetPerArea: number;
  readonly opensAt: Instant;
  /** Exclusive. */
  readonly closesAt: Instant;
}

export interface Survey extends SurveyContent {
  readonly id: string;
  readonly orgPath: OrgPath;
  /** In the public link. */
  readonly code: string;
  readonly contentHash: string;
  readonly policyVersion: number;
  readonly status: SurveyStatus;
  readonly released: boolean;
  readonly due: Instant | null;
  readonly createdAt: Instant;
  readonly version: number;
}

/** As it is first written; the target may be left to the policy. */
export type Draft = Omit<SurveyContent, 'targetPerArea'> & { readonly targetPerArea?: number | undefined };

export function completed(draft: Draft, policy: SurveyPolicy): SurveyContent {
  return { ...draft, targetPerArea: draft.targetPerArea ?? policy.targetPerArea };
}

/** One community's part of a survey. */
export interface AreaProgress {
  readonly communityId: string;
  readonly answers: number;
  /** Wait for a person and are not counted. */
  readonly doubtful: number;
  readonly needs: number;
  /** Needs that nobody has looked at yet. */
  readonly untriaged: number;
}
