import { Injectable } from '@nestjs/common';
import type { PublishAnswer, PublishRequest } from '../../../cases/messages.ts';
import { CaseService, type Transition } from '../../../cases/service.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { NotificationsService } from '../../../notifications/service.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { IntakeStore } from '../../intake/store.ts';
import type { SurveyProposal, SurveyState } from '../lifecycle/model.ts';
import { surveyMachine } from '../model.ts';
import { countedOn } from '../recounting/model.ts';
import { SurveyStore } from '../store.ts';
import { messagesOf } from '../telling/model.ts';

type Moved = Transition<SurveyState, SurveyProposal>;

/** Everything that becomes true together with a survey's transition. */
@Injectable()
export class SurveyPublishing {
  readonly #cases: CaseService;
  readonly #store: SurveyStore;
  readonly #intake: IntakeStore;
  readonly #notifications: NotificationsService;

  constructor(cases: CaseService, store: SurveyStore, intake: IntakeStore, notifications: NotificationsService) {
    this.#cases = cases;
    this.#store = store;
    this.#intake = intake;
    this.#notifications = notifications;
  }

  publish(request: PublishRequest<SurveyProposal>): Promise<PublishAnswer<SurveyProposal>> {
    return this.#cases.publish(surveyMachine, request, (tx, moved) => this.#effects(tx, moved));
  }

  async #effects(tx: Tx, { event, after }: Moved): Promise<void> {
    const { surveyId, status, release, due = null } = after;
    const survey = (await this.#store.byId(tx, surveyId)) ?? refuse('SURVEY_UNKNOWN', 'unknown');
    if (event.type === 'released' && survey.contentHash !== event.contentHash) refuse('SURVEY_STALE', 'stale');
    if (event.type === 'listed') await this.#assertSettled(tx, surveyId);
    // Ended by hand, nothing counts that comes later, whatever the release said.
    const closesAt = event.type === 'collectingEnded' && event.at < survey.closesAt ? event.at : (release?.closesAt ?? null);
    const move = { status, released: release !== undefined, closesAt, due, calendarVersion: countedOn(after) };
    if (!(await this.#store.move(tx, surveyId, event.version, move))) throw new Error('the row of the survey does not stand where its journal does');
    const standings = event.type === 'workersReminded' ? await this.#store.progress(tx, surveyId) : [];
    await this.#notifications.post(tx, messagesOf(event, after, survey.targetPerArea, standings));
  }

  async #assertSettled(tx: Tx, surveyId: string): Promise<void> {
    const { doubtful, untriaged } = await this.#intake.unsettled(tx, surveyId);
    if (doubtful + untriaged > 0) refuse('SURVEY_UNSETTLED', 'rule', { doubtful, untriaged });
  }
}
