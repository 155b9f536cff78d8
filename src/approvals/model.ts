import { refuse } from '../kernel/refusal.ts';
import type { Instant } from '../kernel/time.ts';

/** What is approved: a kind of thing and its id (`award`, a correction, a payment). */
export interface Subject {
  readonly kind: string;
  readonly id: string;
}

export interface OpenRequest {
  readonly commandId: string;
  readonly subject: Subject;
  /** Hash over everything the approvers decide on; another digest is another decision. */
  readonly digest: string;
  /** How many different persons; a number of the policy pack. */
  readonly needed: number;
  /** Persons who prepared it and therefore cannot approve it. */
  readonly preparers: readonly string[];
  readonly at: Instant;
}

export interface Approval {
  readonly commandId: string;
  readonly subject: Subject;
  readonly digest: string;
  /** The person, not the account: two accounts of one person are one approval. */
  readonly personId: string;
  readonly accountId: string;
  /** The person for whom a deputy acts; the deputy is the one who is counted. */
  readonly onBehalfOf?: string;
  readonly at: Instant;
}

export interface Progress {
  readonly given: number;
  readonly needed: number;
  readonly complete: boolean;
}

export interface ApprovalState extends Progress {
  readonly digest: string;
  readonly preparers: readonly string[];
  readonly approvers: readonly { readonly personId: string; readonly at: Instant }[];
}

export function progressOf(given: number, needed: number): Progress {
  return { given, needed, complete: given >= needed };
}

export function assertRequest(request: OpenRequest): void {
  if (!Number.isInteger(request.needed) || request.needed < 1) refuse('APPROVALS_NEEDED_INVALID', 'invalid');
}

/**
 * Whether this person may approve this digest now; a repeat by the same person is refused, so that nobody
 * believes to have counted twice. The database holds the same three rules.
 */
export function assertCanApprove(state: ApprovalState | undefined, digest: string, personId: string): void {
  if (!state) refuse('APPROVALS_NOT_OPEN', 'state');
  if (state.digest !== digest) refuse('APPROVALS_DIGEST_CHANGED', 'state');
  if (state.preparers.includes(personId)) refuse('APPROVALS_PREPARER', 'rule');
  if (state.approvers.some((approver) => approver.personId === personId)) refuse('APPROVALS_TWICE', 'rule');
  if (state.complete) refuse('APPROVALS_COMPLETE', 'state');
}
