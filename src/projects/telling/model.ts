import type { Message, Recipient } from '../../notifications/model.ts';
import type { ProjectEvent, ProjectState } from '../lifecycle/model.ts';

const manager: Recipient = { kind: 'role', role: 'manager' };

/** Who hears of a transition; text keys live in this area's texts, params are numbers and codes only. */
export function messagesOf(caseId: string, event: ProjectEvent, after: ProjectState, number: string): readonly Message[] {
  const community: Recipient = { kind: 'role', role: 'communityWorker', orgUnitId: after.communityId };
  const unit = (orgUnitId: string | undefined): readonly Recipient[] =>
    orgUnitId ? [{ kind: 'role', role: 'unit', orgUnitId }] : [];
  const tell = (text: string, recipients: readonly Recipient[], params: Message['params'] = {}): readonly Message[] =>
    recipients.map((recipient) => ({
      key: `${caseId}:${event.version}`,
      recipient,
      text: `projects.told.${text}`,
      params: { number, ...params },
      caseId,
      at: event.at,
    }));
  switch (event.type) {
    case 'opened':
    case 'offered':
    case 'consentRecorded':
      return after.offeredTo ? tell('offered', unit(after.offeredTo)) : [];
    case 'offerExpired':
      return tell('offerExpired', [...unit(event.unitId), manager]);
    case 'offerDeclined':
      return tell('offerDeclined', [manager]);
    case 'claimed':
      return tell('claimed', [community, manager]);
    case 'assigned':
      return tell('assigned', unit(event.unitId));
    case 'claimLapsed':
      return tell('claimLapsed', [...unit(event.unitId), manager]);
    case 'withdrawn':
      return tell('withdrawn', [community, manager]);
    case 'reportSubmitted':
      return tell('reportSubmitted', [community], { quarter: event.quarter });
    case 'reportReturned':
      return tell('reportReturned', unit(after.leadUnit), { quarter: event.quarter });
    case 'acceptanceRequested':
    case 'rectificationSubmitted':
      return tell('acceptanceRequested', [community]);
    case 'rectificationRequired':
      return tell('rectificationRequired', unit(after.leadUnit));
    case 'accepted':
      return tell('accepted', [...unit(after.leadUnit), manager]);
    case 'evaluated':
      return tell('evaluated', unit(after.leadUnit), { grade: event.grade });
    case 'rewarded':
      return tell('rewarded', [...unit(after.leadUnit), community], { awardFen: event.awardFen });
    case 'suspended':
      return tell('suspended', unit(after.leadUnit));
    case 'resumed':
      return tell('resumed', unit(after.leadUnit));
    case 'cancelled':
      return tell('cancelled', [...unit(after.leadUnit), community]);
    case 'waitLate':
      return tell('waitLate', [manager], { wait: event.wait });
    default:
      return [];
  }
}
