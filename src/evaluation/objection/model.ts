import type { Instant } from '../../kernel/time.ts';

/** How it came: from a resident without an account, from a body that takes part, or on paper, entered by staff. */
export const OBJECTION_CHANNELS = ['publicForm', 'unit', 'paper'] as const;

export type ObjectionChannel = (typeof OBJECTION_CHANNELS)[number];

/** `sent`: stored, and not taken in by the award's case; it may have been refused. `dropped`: the award was withdrawn meanwhile. */
export type ObjectionState = 'sent' | 'open' | 'dismissed' | 'upheld' | 'dropped';

export const HEARD_STATES = ['open', 'dismissed', 'upheld', 'dropped'] as const satisfies readonly ObjectionState[];

/** Who objects and why; null where a body signed in to object. */
export interface ObjectionWords {
  readonly name: string | null;
  readonly phone: string | null;
  readonly reason: string;
}

export interface Objection {
  readonly id: string;
  readonly awardId: string;
  readonly channel: ObjectionChannel;
  readonly unitId: string | null;
  readonly state: (typeof HEARD_STATES)[number];
  readonly at: Instant;
  /** In writing and public, by a person of the place. */
  readonly answer: string | null;
  readonly settledAt: Instant | null;
}

/** With what is sealed in it; null once who objected was forgotten. */
export interface OpenedObjection extends Objection {
  readonly words: ObjectionWords | null;
}

/** As who objected follows it. */
export interface FollowedObjection extends OpenedObjection {
  readonly projectNumber: string;
  readonly projectTitle: string;
  /** By when it is answered; null once it is. */
  readonly due: Instant | null;
}
