import type { OrgPath } from '../kernel/scope.ts';
import type { Instant } from '../kernel/time.ts';
import type { StoredConsent } from '../needs/intake/model.ts';
import type { Need } from '../needs/need/model.ts';
import type { RefusalGround, Right, RightsChannel, RightsStatus } from './model.ts';

export interface RightsRequest {
  readonly id: string;
  readonly orgPath: OrgPath;
  readonly communityId: string;
  readonly subjectId: string;
  readonly needId: string;
  readonly submissionId: string | null;
  readonly right: Right;
  readonly channel: RightsChannel;
  readonly status: RightsStatus;
  readonly ground: RefusalGround | null;
  readonly late: boolean;
  readonly due: Instant | null;
  /** Until when the follow-up code opens the copy. */
  readonly copyUntil: Instant | null;
  readonly version: number;
  readonly receivedAt: Instant;
  readonly movedAt: Instant;
}

export type ContentKind = 'wish' | 'correction' | 'refusal';

/** What was written about a request; null once its person was deleted. */
export interface RightsContent {
  readonly kind: ContentKind;
  readonly text: string | null;
  readonly at: Instant;
}

/** Everything that is kept of one person, as they may have it. */
export interface OwnData {
  readonly need: Need | null;
  readonly words: string | null;
  readonly name: string | null;
  readonly phone: string | null;
  readonly texts: Readonly<Record<string, string>>;
  readonly answers: Readonly<Record<string, unknown>>;
  readonly consents: readonly StoredConsent[];
  readonly remarks: readonly { readonly at: Instant; readonly text: string }[];
  readonly photographs: number;
}
