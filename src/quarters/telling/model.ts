import type { Message, MessageParams, Recipient } from '../../notifications/model.ts';
import { heardQuarter, SUPERVISOR_ROLE, UNIT_ROLE, WORKER_ROLE, type QuarterEvent, type QuarterState } from '../model.ts';
import type { MissingUnit } from '../reports/model.ts';

/** A transition as its readers are told of it. */
export interface Told {
  readonly caseId: string;
  readonly event: QuarterEvent;
  readonly after: QuarterState;
}

const supervisor: Recipient = { kind: 'role', role: SUPERVISOR_ROLE };

const unit = (orgUnitId: string): Recipient => ({ kind: 'role', role: UNIT_ROLE, orgUnitId });

const worker = (after: QuarterState): Recipient => ({ kind: 'role', role: WORKER_ROLE, orgUnitId: after.communityId });

function message({ caseId, event, after }: Told, step: string, recipient: Recipient, text: string, more: MessageParams = {}): Message {
  const { meetingOn } = after.schedule;
  const params = { quarter: after.quarter, meetingOn, ...more };
  return { key: `${caseId}:${step}`, recipient, text: `quarters.told.${text}`, params, caseId, at: event.at };
}

/** One message for each unit, however many reports it owes. */
export function toUnits(told: Told, text: string, units: readonly MissingUnit[], wait: string): Message[] {
  const reportsDue = told.after.schedule.reportsDue;
  const on = heardQuarter(told.after.quarter);
  return units.map(({ unitId, count }) => message(told, wait, unit(unitId), text, { count, on, reportsDue }));
}

/** The supervisor hears of each unit by itself, so that each can be dealt with by itself. */
export function toSupervisor(told: Told, units: readonly MissingUnit[], wait: string): Message[] {
  const on = heardQuarter(told.after.quarter);
  return units.map(({ unitId, count }) =>
    message(told, `${wait}/${unitId}`, supervisor, 'reportsMissing', { unitId, count, on }),
  );
}

/** The community and everybody who takes part in it. */
export function toMembers(told: Told, text: string, members: readonly string[], wait: string): Message[] {
  return [worker(told.after), ...members.map(unit)].map((recipient) => message(told, wait, recipient, text));
}

export function toCommunityAndSupervisor(told: Told, text: string, wait: string): Message[] {
  return [worker(told.after), supervisor].map((recipient) => message(told, wait, recipient, text));
}
