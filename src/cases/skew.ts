import { CLOCK_SKEW_MAX_MS } from '../calendar/model.ts';
import { SYSTEM_ACTOR, type ActorId } from '../kernel/scope.ts';
import { Refusal } from '../kernel/refusal.ts';
import { msOf, type Instant } from '../kernel/time.ts';

/**
 * The engine's clock against the database's, for cases that live in real time: what would become true before its time by
 * the database does not. What falls due parks its case with `CLOCK_SUSPECT`, because it cannot be taken back; people are
 * told to try again. An engine that is behind does nothing too early, and is let be.
 */
export function assertNotAhead(command: { readonly actor: ActorId }, at: Instant, databaseNow: Instant): void {
  if (msOf(at) - msOf(databaseNow) <= CLOCK_SKEW_MAX_MS) return;
  throw new Refusal('CLOCK_SUSPECT', command.actor === SYSTEM_ACTOR ? 'state' : 'unavailable');
}
