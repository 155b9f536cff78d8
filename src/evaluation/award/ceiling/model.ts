import type { UnitKind } from '../../../accounts/units/model.ts';
import { NO_FEN, percentOf, type Fen } from '../../../kernel/money.ts';
import { refuse } from '../../../kernel/refusal.ts';
import type { AwardPolicy } from '../../../policy/model.ts';
import type { Grade } from '../../../projects/lifecycle/model.ts';

const RANK: Readonly<Record<Grade, number>> = { excellent: 3, good: 2, pass: 1, fail: 0 };

/** Bodies that may be paid; government units and officials get recognition instead (以奖代补 pays for results, not for duty). */
const PAYABLE: readonly UnitKind[] = ['community', 'socialOrganization'];

/** The most that this result can earn, in fen; nothing below the policy's grade. */
export function awardCeiling(grade: Grade, verifiedFen: Fen, policy: AwardPolicy): Fen {
  if (RANK[grade] < RANK[policy.gradeFrom]) return NO_FEN;
  const share = percentOf(verifiedFen, policy.spendPercentMax);
  return share < policy.capFen ? share : (policy.capFen as Fen);
}

export interface AwardFacts {
  readonly grade: Grade | null;
  /** Cash that was verified for the project; goods and hours do not count. */
  readonly verifiedFen: Fen;
  readonly amountFen: Fen;
  readonly recipient: { readonly id: string; readonly kind: UnitKind };
  readonly communityId: string;
  readonly implementerId: string | null;
}

/** Refuses `AWARD_NOT_GRADED`, `AWARD_RECIPIENT`, `AWARD_GRADE`, `AWARD_CEILING`. */
export function assertAward(facts: AwardFacts, policy: AwardPolicy): void {
  const { grade, recipient, amountFen } = facts;
  if (grade === null) return refuse('AWARD_NOT_GRADED', 'state');
  const isPartOfIt = recipient.id === facts.communityId || recipient.id === facts.implementerId;
  if (!isPartOfIt || !PAYABLE.includes(recipient.kind)) refuse('AWARD_RECIPIENT', 'rule', { kind: recipient.kind });
  if (RANK[grade] < RANK[policy.gradeFrom]) refuse('AWARD_GRADE', 'rule', { grade, needed: policy.gradeFrom });
  const ceilingFen = awardCeiling(grade, facts.verifiedFen, policy);
  if (amountFen <= 0 || amountFen > ceilingFen) refuse('AWARD_CEILING', 'rule', { amountFen, ceilingFen });
}
