import type { Instant } from '../../kernel/time.ts';
import type { Choice } from '../facts.ts';
import type { Move } from '../difference.ts';
import type { HumanDecisionOn } from '../human.ts';

/** Facts travel as the text they are stored as: only the thread reads them. */
export interface PlanTask {
  readonly type: 'plan';
  readonly runId: string;
  readonly revision: number;
  readonly facts: string;
  /** null: the facts are to be sealed first. */
  readonly inputHash: string | null;
  readonly choices: readonly Choice[];
  /** The value without choices is wanted too. */
  readonly bestWanted: boolean;
  readonly at: Instant;
}

/** What is known of a plan without reading it. */
export interface PlanSummary {
  readonly planHash: string;
  readonly seed: number;
  /** Hundredths of points. */
  readonly value: number;
  readonly matched: number;
  readonly unmatched: number;
}

/** What is sent before the plan: the facts, if they were not sealed, then the decisions as JSON lists of `StoredDecision`. */
export type PlanPart = { readonly facts: string; readonly inputHash: string } | { readonly decisions: string };

/** Comes after all decisions. */
export interface PlanDone extends PlanSummary {
  /** JSON of the plan. */
  readonly plan: string;
  /** Of the plan without choices, where it was asked for. */
  readonly bestValue: number | null;
  readonly inputHash: string;
  /** Which of the choices could not be kept. */
  readonly dropped: readonly number[];
}

/** What choices would do to a plan. */
export interface PreviewTask {
  readonly type: 'preview';
  readonly facts: string;
  /** JSON of the plan as it stands. */
  readonly plan: string;
  readonly choices: readonly Choice[];
}

/** Points in hundredths. */
export interface Preview {
  readonly value: number;
  readonly price: number;
  readonly moves: readonly Move[];
}

/** Hours of service or money, instead of the number of projects. */
export const MEASURES = ['hours', 'fundsFen'] as const;
export type Measure = (typeof MEASURES)[number];

/** What would go where if each offer could be given out in this measure. */
export interface SizedTask {
  readonly type: 'sized';
  readonly facts: string;
  readonly measure: Measure;
  readonly secondsLimit: number;
}

/** What an auditor gets of a plan. */
export interface FileTask {
  readonly type: 'file';
  readonly facts: string;
  readonly plan: string;
  readonly inputHash: string;
  readonly choices: readonly Choice[];
  readonly humanDecisions: readonly HumanDecisionOn[];
}

export type SolverTask = PlanTask | PreviewTask | SizedTask | FileTask;
