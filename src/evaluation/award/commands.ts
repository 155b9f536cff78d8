import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { CaseCommands, type Asked } from '../../cases/commands.ts';
import { fen } from '../../kernel/money.ts';
import { refuse } from '../../kernel/refusal.ts';
import { within } from '../../kernel/scope.ts';
import { scopeFor, type Caller } from '../../platform/http/caller.ts';
import type { RequestKey } from '../../platform/http/idempotency.ts';
import { deriveId, hashOf } from '../../platform/ids.ts';
import { PolicyService } from '../../policy/service.ts';
import { ProjectService } from '../../projects/service.ts';
import { AWARD_WORKFLOW, awardCaseId } from '../messages.ts';
import { EvaluationStore } from '../store.ts';
import { awardMachine, type AwardCommand } from './model.ts';
import type { AwardToPropose, ObjectionAnswer } from './schemas.ts';
import { AwardService } from './service.ts';
import type { Award } from './store.ts';

export interface Act {
  readonly caller: Caller;
  readonly key: RequestKey;
  readonly id: string;
}

/** What may be asked of an award from outside; `grant` is not among it: only the end of the notice grants. */
@Injectable()
export class AwardCommands {
  readonly #cases: CaseCommands;
  readonly #awards: AwardService;
  readonly #store: EvaluationStore;
  readonly #projects: ProjectService;
  readonly #policy: PolicyService;

  constructor(
    cases: CaseCommands,
    awards: AwardService,
    store: EvaluationStore,
    projects: ProjectService,
    policy: PolicyService,
  ) {
    this.#cases = cases;
    this.#awards = awards;
    this.#store = store;
    this.#projects = projects;
    this.#policy = policy;
  }

  propose(caller: Caller, key: RequestKey, body: z.output<typeof AwardToPropose>): Promise<Award> {
    const scope = scopeFor(caller, 'evaluation.grade');
    const awardId = deriveId(key.commandId, 'award');
    const { projectId, recipientId, purpose } = body;
    return this.#cases.open<AwardCommand, Award>({
      caller,
      scope,
      key,
      caseId: awardCaseId(awardId),
      kind: awardMachine.kind,
      starts: AWARD_WORKFLOW,
      prepare: async (tx, at) => {
        const { communityId, orgPath } = await this.#projects.get(tx, projectId);
        if (!within(orgPath, scope.orgPath)) refuse('EVALUATION_ELSEWHERE', 'forbidden');
        const policy = await this.#policy.current(tx, 'award', at);
        const amountFen = fen(body.amountFen);
        await this.#awards.assertAllowed(tx, { projectId, recipientId, amountFen, policy });
        const content = { subjectId: awardId, kind: 'proposal', body: { projectId, recipientId, amountFen, purpose } };
        const { contentId, contentHash } = await this.#store.addContent(tx, key.commandId, content, at);
        const digest = hashOf(awardId, projectId, recipientId, String(amountFen), policy.hash, contentHash);
        const preparerId = caller.personId;
        const facts = { awardId, projectId, communityId, orgPath, recipientId, amountFen, digest, preparerId, policy };
        return { type: 'open', ...facts, contentId, contentHash };
      },
      view: (tx) => this.#awards.get(tx, awardId),
    });
  }

  approve(act: Act, digest: string): Promise<Award> {
    const { personId, accountId } = act.caller;
    return this.#send(act, 'money.approve', { type: 'approve', personId, accountId, digest });
  }

  refuse(act: Act, reason: string): Promise<Award> {
    return this.#send(act, 'money.approve', { type: 'refuse' }, { kind: 'refusal', body: { reason } });
  }

  withdraw(act: Act, reason: string): Promise<Award> {
    return this.#send(act, 'evaluation.grade', { type: 'withdraw' }, { kind: 'withdrawal', body: { reason } });
  }

  answerObjection(act: Act, { upheld, answer }: z.output<typeof ObjectionAnswer>): Promise<Award> {
    const asked: Asked<AwardCommand> = { type: upheld ? 'upholdObjection' : 'dismissObjection' };
    return this.#send(act, 'evaluation.grade', asked, { kind: 'objectionAnswer', body: { answer } });
  }

  #send(
    { caller, key, id }: Act,
    permission: string,
    asked: Asked<AwardCommand>,
    written?: { readonly kind: string; readonly body: { readonly [name: string]: string } },
  ): Promise<Award> {
    return this.#cases.send<AwardCommand, Award>({
      caller,
      scope: scopeFor(caller, permission),
      key,
      caseId: awardCaseId(id),
      kind: awardMachine.kind,
      prepare: async (tx, at) => {
        await this.#awards.get(tx, id);
        if (!written) return asked;
        return { ...asked, ...(await this.#store.addContent(tx, key.commandId, { subjectId: id, ...written }, at)) };
      },
      view: (tx) => this.#awards.get(tx, id),
    });
  }
}
