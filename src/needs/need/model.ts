import { refuse } from '../../kernel/refusal.ts';
import type { OrgPath } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';
import { personalTraces, withoutTraces, type Category } from '../model.ts';

export const NEED_STATES = ['raised', 'asked', 'triaged', 'listed', 'answered', 'closed', 'merged', 'withdrawn', 'leftOut'] as const;

export type NeedState = (typeof NEED_STATES)[number];

/**
 * `listed` with the proposal that bundles it; `answered` by an accepted report; `closed` once the raiser or the
 * community confirms. A merged need waits behind the one it repeats and can come back. `withdrawn`: who raised it took their
 * consent back before anybody had looked at it. `asked`: who raised it is to add something (请补充). `leftOut` (不列入) with
 * the reason that they are told; a person may take it up again.
 */
export const NEED_MOVES: Readonly<Record<NeedState, readonly NeedState[]>> = {
  raised: ['asked', 'triaged', 'merged', 'withdrawn', 'leftOut'],
  asked: ['raised', 'triaged', 'merged', 'withdrawn', 'leftOut'],
  triaged: ['triaged', 'listed', 'merged', 'leftOut'],
  listed: ['answered'],
  answered: ['closed'],
  closed: [],
  merged: ['raised', 'triaged'],
  withdrawn: [],
  leftOut: ['raised'],
};

/** Nothing more is done about them; their term of keeping begins. A merged need ends with the one that it waits behind. */
export const ENDED: ReadonlySet<NeedState> = new Set(['closed', 'withdrawn', 'leftOut']);

/** Nobody has triaged them yet. */
export const UNTRIAGED: ReadonlySet<NeedState> = new Set(['raised', 'asked']);

export const URGENCIES = ['routine', 'soon', 'urgent'] as const;

export type Urgency = (typeof URGENCIES)[number];

/** 1 = routine … 3 = urgent: how urgency is stored and sorted. */
export function urgencyRank(urgency: Urgency): number {
  return URGENCIES.indexOf(urgency) + 1;
}

export function urgencyOfRank(rank: number): Urgency {
  return URGENCIES[rank - 1] ?? refuse('NEED_URGENCY_UNKNOWN', 'invalid');
}

/** Through whom or what a need came in (来源). */
export const CHANNELS = ['form', 'resident', 'visit', 'meeting', 'hotline', 'gridWorker', 'case', 'other'] as const;

export type Channel = (typeof CHANNELS)[number];

/** Who speaks: a resident, or staff for a resident, whose consent is then on record. */
export const RAISER_KINDS = ['resident', 'staffOnBehalf'] as const;

export type RaiserKind = (typeof RAISER_KINDS)[number];

/** How the resident agreed that their contact is kept. */
export const CONSENTS = ['form', 'paper', 'oral'] as const;

export type Consent = (typeof CONSENTS)[number];

/** Why a need is not taken up. Who raised it reads a sentence besides. */
export const LEAVING_REASONS = ['elsewhere', 'solved', 'private', 'unclear', 'notPossible', 'other'] as const;

export type LeavingReason = (typeof LEAVING_REASONS)[number];

/** What who raised it is told; `text` names no person. */
export interface LeftOut {
  readonly reason: LeavingReason;
  readonly text: string;
}

/** Who confirms that a need is solved. */
export const CONFIRMERS = ['raiser', 'community'] as const;

export type Confirmer = (typeof CONFIRMERS)[number];

/** Everything about a need that names no person. */
export interface Need {
  readonly id: string;
  readonly number: string;
  /** The number it had in the file it came from. */
  readonly sourceNumber: string | null;
  readonly communityId: string;
  readonly orgPath: OrgPath;
  readonly channel: Channel;
  /** Name of the estate or courtyard, never a house number. */
  readonly place: string | null;
  readonly category: Category;
  readonly urgency: Urgency;
  readonly peopleAffected: number;
  readonly evidence: string | null;
  /** What everyone may read; null until triage writes it. */
  readonly publicText: string | null;
  readonly raiserKind: RaiserKind;
  /** Number of who entered it. */
  readonly raisedBy: string;
  readonly state: NeedState;
  readonly mergedInto: string | null;
  /** Set in the state `leftOut` only. */
  readonly leftOut: LeftOut | null;
  /** Something personal was taken out of what everyone may read: a person is to look at it. */
  readonly needsLook: boolean;
  readonly raisedAt: Instant;
  readonly version: number;
}

/** What names a person: opened only inside the community's subtree. */
export interface Raiser {
  readonly words: string | null;
  readonly name: string | null;
  readonly phone: string | null;
  readonly consent: Consent | null;
}

/** Once a need was put behind another, by a person; `undoneAt` where that was taken back. */
export interface Merge {
  readonly id: string;
  readonly keptId: string;
  readonly mergedId: string;
  readonly mergedAt: Instant;
  readonly undoneAt: Instant | null;
}

/** Refuses `NEED_NOT_IN_STATE` (409). */
export function assertNeedCan(need: Pick<Need, 'number' | 'state'>, to: NeedState): void {
  if (!NEED_MOVES[need.state].includes(to)) {
    refuse('NEED_NOT_IN_STATE', 'state', { number: need.number, state: need.state, wanted: to });
  }
}

/** Refuses `PUBLIC_TEXT_PERSONAL` (422) for phone, identity, account and room numbers. */
export function assertPublic(text: string | null | undefined, at: string): void {
  const traces = text ? personalTraces(text) : [];
  if (traces.length > 0) {
    refuse('PUBLIC_TEXT_PERSONAL', 'rule', { trace: traces[0] ?? '' }, traces.map((trace) => ({ at, code: 'PUBLIC_TEXT_PERSONAL', params: { trace } })));
  }
}

/** What a need says in public, and in the raiser's own words. */
export interface NeedTexts {
  readonly publicText: string | null;
  readonly place: string | null;
  readonly evidence: string | null;
  readonly raiser: Raiser;
}

/**
 * Splits what names a person from what everyone may read: phone, identity, account, room and plate numbers are masked
 * there, and the text as it came is kept with the raiser's own words, which are sealed.
 */
export function splitPersonal<Texts extends NeedTexts>(need: Texts): Texts & { readonly needsLook: boolean } {
  const { publicText, place, evidence, raiser } = need;
  const spoken = [publicText, place, evidence].filter((text) => text !== null && personalTraces(text).length > 0);
  if (spoken.length === 0) return { ...need, needsLook: false };
  const masked = (text: string | null): string | null => text && withoutTraces(text);
  const words = [raiser.words, ...spoken].filter((text) => text !== null).join('\n');
  return {
    ...need,
    publicText: masked(publicText),
    place: masked(place),
    evidence: masked(evidence),
    raiser: { ...raiser, words },
    needsLook: true,
  };
}

/** Refuses `CONSENT_MISSING` (422): staff may not keep a resident's contact without it (PIPL art. 13, 23). */
export function assertConsent(raiserKind: RaiserKind, raiser: Raiser): void {
  if (needsConsent(raiserKind, raiser)) refuse('CONSENT_MISSING', 'rule');
}

export function needsConsent(raiserKind: RaiserKind, raiser: Raiser): boolean {
  return raiserKind === 'staffOnBehalf' && (raiser.name !== null || raiser.phone !== null) && raiser.consent === null;
}

/** Needs that a proposal may take up: seen by a person, not yet answered. Refuses `NEED_NOT_IN_STATE` (409). */
export function assertBundled(need: Pick<Need, 'number' | 'state'>): void {
  if (need.state !== 'triaged' && need.state !== 'listed') {
    refuse('NEED_NOT_IN_STATE', 'state', { number: need.number, state: need.state, wanted: 'triaged' });
  }
}
