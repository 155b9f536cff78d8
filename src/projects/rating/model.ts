import type { OrgPath } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';
import { accountOf, type Posting } from '../../ledger/model.ts';
import type { PointsPolicy } from '../../policy/model.ts';
import type { Grade } from '../lifecycle/model.ts';

export interface Earned {
  readonly commandId: string;
  readonly at: Instant;
  readonly communityId: string;
  readonly orgPath: OrgPath;
  readonly unitId: string;
}

/** Unit rating points (积分评价): counted, never redeemed. Zero points are no posting. */
export function ratingPosting(earned: Earned, points: number): readonly Posting[] {
  const { commandId, at, communityId, orgPath, unitId } = earned;
  if (points <= 0) return [];
  return [
    {
      commandId,
      ordinal: 100,
      memo: 'ratingPoints',
      at,
      book: 'unitRating',
      orgPath,
      debit: accountOf('ratingIssued', communityId),
      credit: accountOf('ratingEarned', unitId),
      amount: points,
    },
  ];
}

export function reportPoints(policy: PointsPolicy, late: boolean): number {
  return policy.acceptedReportPoints + (late ? 0 : policy.onTimeReportPoints);
}

export function gradePoints(policy: PointsPolicy, grade: Grade): number {
  const points: Readonly<Record<Grade, number>> = {
    excellent: policy.excellentPoints,
    good: policy.goodPoints,
    pass: policy.passPoints,
    fail: 0,
  };
  return points[grade];
}
