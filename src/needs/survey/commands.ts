import { Injectable } from '@nestjs/common';
import { CaseCommands, type Asked } from '../../cases/commands.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { scopeFor, type Caller } from '../../platform/http/caller.ts';
import type { RequestKey } from '../../platform/http/idempotency.ts';
import { deriveId } from '../../platform/ids.ts';
import type { Draft, Survey } from './content/model.ts';
import type { SurveyCommand } from './lifecycle/model.ts';
import { SURVEY_WORKFLOW, surveyCaseId } from './messages.ts';
import { surveyMachine } from './model.ts';
import { SurveyService } from './service.ts';

export interface Act {
  readonly caller: Caller;
  readonly key: RequestKey;
  readonly id: string;
}

const PERMISSION = 'needs.publish';

/** What may be asked of a survey from outside. */
@Injectable()
export class SurveyCommands {
  readonly #cases: CaseCommands;
  readonly #surveys: SurveyService;

  constructor(cases: CaseCommands, surveys: SurveyService) {
    this.#cases = cases;
    this.#surveys = surveys;
  }

  create({ caller, key }: Omit<Act, 'id'>, draft: Draft): Promise<Survey> {
    const surveyId = deriveId(key.commandId, 'survey');
    return this.#cases.open<SurveyCommand, Survey>({
      caller,
      scope: scopeFor(caller, PERMISSION),
      key,
      caseId: surveyCaseId(surveyId),
      kind: surveyMachine.kind,
      starts: SURVEY_WORKFLOW,
      prepare: async (tx, at) => ({ type: 'open', surveyId, ...(await this.#surveys.draft(tx, surveyId, draft, at)) }),
      view: (tx) => this.#surveys.get(tx, surveyId),
    });
  }

  /** From here on the content stands; collecting begins by itself when its time comes, at once if it has come. */
  release(act: Act): Promise<Survey> {
    return this.#send(act, async (tx) => {
      const { opensAt, closesAt, communityIds, contentHash } = await this.#surveys.own(tx, act.id);
      return { type: 'release', opensAt, closesAt, communityIds, contentHash };
    });
  }

  extend(act: Act, closesAt: Instant): Promise<Survey> {
    return this.#send(act, async (tx) => {
      await this.#surveys.own(tx, act.id);
      return { type: 'extend', closesAt };
    });
  }

  move(act: Act, type: 'recall' | 'discard' | 'endCollecting' | 'list' | 'close'): Promise<Survey> {
    return this.#send(act, async (tx) => {
      await this.#surveys.own(tx, act.id);
      return { type };
    });
  }

  #send({ caller, key, id }: Act, ask: (tx: Tx) => Promise<Asked<SurveyCommand>>): Promise<Survey> {
    return this.#cases.send<SurveyCommand, Survey>({
      caller,
      scope: scopeFor(caller, PERMISSION),
      key,
      caseId: surveyCaseId(id),
      kind: surveyMachine.kind,
      prepare: ask,
      view: (tx) => this.#surveys.get(tx, id),
    });
  }
}
