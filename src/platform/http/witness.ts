import type { Instant } from '../../kernel/time.ts';
import type { Caller } from './caller.ts';

/** A command that the guard did not let through, because its sender does not hold the permission anywhere. */
export interface Forbidden {
  readonly caller: Caller;
  /** Method and pattern, e.g. `POST /api/v1/projects/:id/claim`. */
  readonly route: string;
  readonly permission: string;
  readonly requestId: string;
  readonly network: string;
  readonly at: Instant;
}

/** The guard's port to the record of what was tried in vain. */
export interface Witness {
  forbidden(attempt: Forbidden): Promise<void>;
}

/** Nest token under which an area binds its `Witness`. */
export const WITNESS = Symbol('WITNESS');
