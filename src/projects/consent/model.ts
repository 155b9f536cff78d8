import { refuse } from '../../kernel/refusal.ts';
import type { MicroProjectPolicy } from '../../policy/model.ts';

/** Rebuilding, or turning shared property to another use or to profit, asks for more than upkeep (民法典 278 (6)–(8)). */
export const CONSENT_MATTERS = ['ordinary', 'major'] as const;

export type ConsentMatter = (typeof CONSENT_MATTERS)[number];

/** Owners counted by heads, and by the area of what is theirs alone (whole square metres). */
export interface ConsentCount {
  readonly matter: ConsentMatter;
  readonly householdsAsked: number;
  /** Who voted at all; where it was not counted, only those who agreed are known to have. */
  readonly householdsVoted?: number | undefined;
  readonly householdsAgreed: number;
  readonly areaAsked: number;
  readonly areaVoted?: number | undefined;
  readonly areaAgreed: number;
}

const TWELVE = 12;

/**
 * What the law asks before shared property is worked on: enough owners vote, and enough of those agree, by heads and
 * by area alike. “以上” includes the share itself, “过半数” does not (民法典 1259). Refuses (422) `PROJECT_CONSENT_IMPOSSIBLE`,
 * `PROJECT_CONSENT_TURNOUT`, `PROJECT_CONSENT_SHORT`.
 */
export function assertConsented(count: ConsentCount, policy: MicroProjectPolicy): void {
  const sides = [
    { by: 'households', asked: count.householdsAsked, voted: count.householdsVoted ?? count.householdsAgreed, agreed: count.householdsAgreed },
    { by: 'area', asked: count.areaAsked, voted: count.areaVoted ?? count.areaAgreed, agreed: count.areaAgreed },
  ];
  if (sides.some(({ asked, voted, agreed }) => voted > asked || agreed > voted)) refuse('PROJECT_CONSENT_IMPOSSIBLE', 'rule');
  for (const { by, asked, voted, agreed } of sides) {
    if (voted * TWELVE < asked * policy.consentTurnoutTwelfths) refuse('PROJECT_CONSENT_TURNOUT', 'rule', { by, asked, voted });
    const enough =
      count.matter === 'major'
        ? agreed * TWELVE >= voted * policy.consentMajorTwelfths
        : agreed * TWELVE > voted * policy.consentOrdinaryTwelfths;
    if (!enough) refuse('PROJECT_CONSENT_SHORT', 'rule', { by, voted, agreed });
  }
}
