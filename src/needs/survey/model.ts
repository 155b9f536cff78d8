import { dueCommandId, type CaseMachine, type Wait } from '../../cases/model.ts';
import { refuse } from '../../kernel/refusal.ts';
import { SYSTEM_ACTOR, type OrgPath } from '../../kernel/scope.ts';
import { laterOf, msOf, type Instant } from '../../kernel/time.ts';
import type { SurveyPolicy } from '../../policy/model.ts';
import { legal, type Release, type SurveyCommand, type SurveyEvent, type SurveyProposal, type SurveyState } from './lifecycle/model.ts';
import { counted, recounted, REMINDER, reminders, remindersOf, withDates } from './recounting/model.ts';

const DAY_MS = 86_400_000;

/** Refuses `SURVEY_WINDOW_REVERSED`, `SURVEY_WINDOW_PAST`, `SURVEY_WINDOW_LONG`. */
export function assertWindow({ opensAt, closesAt }: Pick<Release, 'opensAt' | 'closesAt'>, now: Instant, values: SurveyPolicy): void {
  if (closesAt <= opensAt) refuse('SURVEY_WINDOW_REVERSED', 'rule');
  if (closesAt <= now) refuse('SURVEY_WINDOW_PAST', 'rule');
  const { collectingDaysMax: days } = values;
  if (msOf(closesAt) - msOf(laterOf(opensAt, now)) > days * DAY_MS) refuse('SURVEY_WINDOW_LONG', 'rule', { days });
}

function decide(state: SurveyState | undefined, command: SurveyCommand, now: Instant): SurveyProposal {
  if (command.type === 'open') {
    if (state) refuse('SURVEY_STATE', 'state', { status: state.status });
    const { surveyId, orgPath, policy } = command;
    return { type: 'drafted', schema: 1, surveyId, orgPath, policy };
  }
  if (!state) return refuse('SURVEY_UNKNOWN', 'unknown');
  const { status, policy } = state;
  if (!legal[command.type].includes(status)) refuse('SURVEY_STATE', 'state', { status });
  switch (command.type) {
    case 'release':
      return released(state, command, now);
    case 'recall':
      if (!state.release) refuse('SURVEY_NOT_RELEASED', 'state');
      return { type: 'recalled', schema: 1 };
    case 'discard':
      return { type: 'discarded', schema: 1 };
    case 'beginCollecting':
      if (!state.release || state.release.opensAt > now) refuse('SURVEY_STEP_UNKNOWN', 'state');
      return { type: 'collectingBegan', schema: 1 };
    case 'extend':
      return extended(state, command.closesAt, now);
    case 'remindWorkers':
      if (state.remindAt[0] !== command.step) refuse('SURVEY_STEP_UNKNOWN', 'state');
      return { type: 'workersReminded', schema: 1, step: command.step };
    case 'endCollecting':
      return { type: 'collectingEnded', schema: 1, deadlines: { due: { from: now, n: policy.values.triageWorkdays, unit: 'workday' } } };
    case 'markLate':
      if (state.late) refuse('SURVEY_STEP_UNKNOWN', 'state');
      return { type: 'markedLate', schema: 1 };
    case 'recount':
      return recounted(state, command.calendarVersion);
    case 'list':
      return { type: 'listed', schema: 1, deadlines: { due: { from: now, n: policy.values.listedDays, unit: 'day' } } };
    case 'close':
      return { type: 'closed', schema: 1 };
  }
}

function released(state: SurveyState, { opensAt, closesAt, communityIds, contentHash }: Release, now: Instant): SurveyProposal {
  const { values } = state.policy;
  if (state.release) refuse('SURVEY_RELEASED', 'state');
  if (communityIds.length === 0) refuse('SURVEY_AREA_MISSING', 'rule');
  assertWindow({ opensAt, closesAt }, now, values);
  return { type: 'released', schema: 1, opensAt, closesAt, communityIds, contentHash, deadlines: reminders(closesAt, values) };
}

function extended(state: SurveyState, closesAt: Instant, now: Instant): SurveyProposal {
  const { release, policy } = state;
  if (!release || closesAt <= release.closesAt) refuse('SURVEY_EXTENSION_EARLIER', 'rule');
  const { collectingDaysMax: days } = policy.values;
  if (closesAt <= now || msOf(closesAt) - msOf(release.opensAt) > days * DAY_MS) refuse('SURVEY_WINDOW_LONG', 'rule', { days });
  return { type: 'extended', schema: 1, closesAt, deadlines: reminders(closesAt, policy.values) };
}

function apply(state: SurveyState | undefined, event: SurveyEvent): SurveyState {
  if (event.type === 'drafted') {
    const { surveyId, orgPath, policy } = event;
    return { surveyId, orgPath, policy, status: 'draft', remindAt: [], late: false };
  }
  if (!state) throw new RangeError('a survey begins with drafted');
  switch (event.type) {
    case 'released': {
      const { opensAt, closesAt, communityIds, contentHash } = event;
      const release = { opensAt, closesAt, communityIds, contentHash };
      return { ...state, ...counted(event), release, remindAt: remindersOf(event, laterOf(opensAt, event.at), closesAt) };
    }
    case 'recalled': {
      const { release: _, ...rest } = state;
      return { ...rest, remindAt: [] };
    }
    case 'discarded':
    case 'closed':
      return withoutDue({ ...state, status: 'closed', remindAt: [] });
    case 'collectingBegan':
      return { ...state, status: 'collecting' };
    case 'extended': {
      const { closesAt } = event;
      return { ...state, ...counted(event), release: { ...state.release!, closesAt }, remindAt: remindersOf(event, event.at, closesAt) };
    }
    case 'workersReminded':
      return { ...state, remindAt: state.remindAt.slice(1) };
    case 'collectingEnded':
      return { ...withoutDue(state), status: 'triage', remindAt: [], ...counted(event) };
    case 'markedLate':
      return { ...state, late: true };
    case 'calendarRecounted':
      return withDates(state, event);
    case 'listed':
      return { ...withoutDue(state), status: 'listed', late: false, ...counted(event) };
  }
}

function withoutDue({ due: _due, dueSpec: _spec, ...rest }: SurveyState): SurveyState {
  return rest;
}

interface Step {
  readonly wait: string;
  readonly at: Instant;
  readonly command: Pick<SurveyCommand, 'type'> & { readonly step?: Instant };
}

/** What next happens by itself. */
function nextStep({ status, release, remindAt, due, late }: SurveyState): Step | undefined {
  switch (status) {
    case 'draft':
      return release && { wait: 'opening', at: release.opensAt, command: { type: 'beginCollecting' } };
    case 'collecting': {
      const [step] = remindAt;
      if (step) return { wait: REMINDER, at: step, command: { type: 'remindWorkers', step } };
      return release && { wait: 'closing', at: release.closesAt, command: { type: 'endCollecting' } };
    }
    case 'triage':
      return late || !due ? undefined : { wait: 'triage', at: due, command: { type: 'markLate' } };
    case 'listed':
      return due && { wait: 'listed', at: due, command: { type: 'close' } };
    case 'closed':
      return undefined;
  }
}

function waits(state: SurveyState): readonly Wait[] {
  const { status, release, due } = state;
  const step = nextStep(state);
  const wake = step && { wakeAt: step.at };
  const communities = (release?.communityIds ?? []).map((orgUnitId) => ({ role: 'communityWorker', orgUnitId }));
  const ofCommunities = (until: Instant | undefined): Wait[] =>
    communities.map((owner) => ({
      name: `${status}:${owner.orgUnitId}`,
      owner,
      otherwise: `needs.survey.wait.${status}`,
      ...(until && { due: until }),
    }));
  switch (status) {
    case 'draft':
      return release
        ? [{ name: 'opening', owner: { role: 'system' }, due: release.opensAt, ...wake, otherwise: 'needs.survey.wait.opening' }]
        : [{ name: 'drafting', owner: { role: 'manager' }, otherwise: 'needs.survey.wait.drafting' }];
    case 'collecting':
      return [
        { name: 'closing', owner: { role: 'system' }, due: release!.closesAt, ...wake, otherwise: 'needs.survey.wait.closing' },
        ...ofCommunities(release!.closesAt),
      ];
    case 'triage':
      return [
        { name: 'triage', owner: { role: 'manager' }, ...(due && { due }), ...wake, otherwise: 'needs.survey.wait.listing' },
        ...ofCommunities(due),
      ];
    case 'listed':
      return [{ name: 'listed', owner: { role: 'manager' }, ...(due && { due }), ...wake, otherwise: 'needs.survey.wait.listed' }];
    case 'closed':
      return [];
  }
}

function dueCommand(state: SurveyState, now: Instant): SurveyCommand | undefined {
  const step = nextStep(state);
  if (!step || step.at > now) return undefined;
  return { ...step.command, id: dueCommandId(step.wait, step.at), actor: SYSTEM_ACTOR, at: step.at } as SurveyCommand;
}

export interface SurveyMachine extends CaseMachine<SurveyState, SurveyCommand, SurveyProposal> {
  orgPath(state: SurveyState): OrgPath;
}

export const surveyMachine: SurveyMachine = {
  kind: 'needsSurvey',
  decide,
  apply,
  waits,
  dueCommand,
  closed: (state) => state.status === 'closed',
  orgPath: (state) => state.orgPath,
};
