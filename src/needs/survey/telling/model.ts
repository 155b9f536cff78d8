import { toldCommandId } from '../../../cases/model.ts';
import type { Message, Recipient } from '../../../notifications/model.ts';
import { surveyCaseId } from '../messages.ts';
import type { SurveyEvent, SurveyState } from '../lifecycle/model.ts';

/** How far one community is; numbers only. */
export interface Standing {
  readonly communityId: string;
  readonly answers: number;
}

const MANAGER: Recipient = { kind: 'role', role: 'manager' };

/** Who hears of a transition. Reminders go to communities below their target alone. */
export function messagesOf(event: SurveyEvent, { surveyId, release }: SurveyState, target: number, standings: readonly Standing[]): Message[] {
  const caseId = surveyCaseId(surveyId);
  const tell = (recipient: Recipient, params: Message['params'] = {}): Message => ({
    key: toldCommandId(caseId, event.version),
    recipient,
    text: `needs.survey.told.${event.type}`,
    params,
    caseId,
    at: event.at,
  });
  const worker = (orgUnitId: string): Recipient => ({ kind: 'role', role: 'communityWorker', orgUnitId });
  const workers = (release?.communityIds ?? []).map(worker);
  switch (event.type) {
    case 'collectingBegan':
    case 'extended':
      return workers.map((to) => tell(to, { closesAt: release!.closesAt, target }));
    case 'workersReminded':
      return standings
        .filter(({ answers }) => answers < target)
        .map(({ communityId, answers }) => tell(worker(communityId), { answers, target, closesAt: release!.closesAt }));
    case 'collectingEnded':
    case 'listed':
      return [...workers, MANAGER].map((to) => tell(to));
    case 'markedLate':
    case 'closed':
      return [tell(MANAGER)];
    case 'drafted':
    case 'released':
    case 'recalled':
    case 'discarded':
    case 'calendarRecounted':
      return [];
  }
}
