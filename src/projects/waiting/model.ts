import type { Quarter } from '../../calendar/model.ts';
import { dueCommandId, type Wait } from '../../cases/model.ts';
import { SYSTEM_ACTOR } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';
import { legal, type ProjectCommand, type ProjectState, type Status } from '../lifecycle/model.ts';
import { unreviewed } from '../reporting/model.ts';

interface StatusWait {
  readonly name: string;
  readonly owner: 'unit' | 'offered' | 'community' | 'manager' | 'system';
  /** What the due date does by itself. */
  readonly atDue: 'expireOffer' | 'lapseClaim' | 'start' | 'markLate' | 'close';
}

/** Who holds the ball in each status; undated `system`: the engine is at work. The final ones wait for nobody. */
const statusWaits: Partial<Record<Status, StatusWait>> = {
  consent: { name: 'consent', owner: 'community', atDue: 'markLate' },
  seeking: { name: 'seeking', owner: 'system', atDue: 'markLate' },
  offered: { name: 'offer', owner: 'offered', atDue: 'expireOffer' },
  listed: { name: 'claim', owner: 'manager', atDue: 'markLate' },
  claimed: { name: 'agreement', owner: 'unit', atDue: 'lapseClaim' },
  // Dated only where work begins with the agreement.
  agreed: { name: 'start', owner: 'unit', atDue: 'start' },
  implementing: { name: 'implementation', owner: 'unit', atDue: 'markLate' },
  acceptance: { name: 'acceptance', owner: 'community', atDue: 'markLate' },
  rectifying: { name: 'rectification', owner: 'unit', atDue: 'markLate' },
  accepted: { name: 'evaluation', owner: 'manager', atDue: 'markLate' },
  evaluated: { name: 'award', owner: 'manager', atDue: 'markLate' },
  rewarded: { name: 'closing', owner: 'system', atDue: 'close' },
  suspended: { name: 'resumption', owner: 'manager', atDue: 'markLate' },
};

const REVIEW = 'review:';

export function reviewWait(quarter: Quarter): string {
  return `${REVIEW}${quarter}`;
}

export function projectWaits(state: ProjectState): readonly Wait[] {
  const own = statusWaits[state.status];
  const waits: Wait[] = own ? [wait(state, own.name, ownerOf(state, own), state.due, `projects.wait.${own.atDue}`)] : [];
  // A report of a project that stands still waits as well, but nobody can be asked to answer it.
  if (!legal.acceptReport.includes(state.status)) return waits;
  for (const [quarter, report] of unreviewed(state)) {
    const owner = { role: 'communityWorker', orgUnitId: state.communityId };
    waits.push(wait(state, reviewWait(quarter), owner, report.reviewBy, 'projects.wait.markLate'));
  }
  return waits;
}

/** A wait that was marked late stays open, but nothing more happens by itself. */
function wait(state: ProjectState, name: string, owner: Wait['owner'], due: Instant | undefined, otherwise: string): Wait {
  const sleeping = due === undefined || state.late.includes(name);
  return { name, owner, otherwise, ...(due && { due }), ...(!sleeping && { wakeAt: due }) };
}

function ownerOf(state: ProjectState, own: StatusWait): Wait['owner'] {
  const unit = own.owner === 'offered' ? state.offeredTo : state.leadUnit;
  if (own.owner === 'manager' || own.owner === 'system') return { role: own.owner };
  if (own.owner === 'community') return { role: 'communityWorker', orgUnitId: state.communityId };
  return { role: 'unit', ...(unit && { orgUnitId: unit }) };
}

export function projectDueCommand(state: ProjectState, now: Instant): ProjectCommand | undefined {
  const ready = projectWaits(state).find((open) => open.wakeAt !== undefined && open.wakeAt <= now);
  if (!ready?.wakeAt) return undefined;
  const atDue = ready.name.startsWith(REVIEW) ? 'markLate' : statusWaits[state.status]?.atDue;
  // Of two leads who start on one instant, each starts by a command of its own.
  const again = atDue === 'start' && state.formerLeads.length > 0 ? `.${state.formerLeads.length}` : '';
  const asked = due(`${ready.name}${again}`, ready.wakeAt);
  return atDue === undefined || atDue === 'markLate'
    ? { ...asked, type: 'markLate', wait: ready.name }
    : { ...asked, type: atDue };
}

function due(wait: string, at: Instant): Pick<ProjectCommand, 'id' | 'actor' | 'at'> {
  return { id: dueCommandId(wait, at), actor: SYSTEM_ACTOR, at };
}
