import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { CaseCommands, type Asked } from '../cases/commands.ts';
import { refuse } from '../kernel/refusal.ts';
import { within } from '../kernel/scope.ts';
import { ProposalService } from '../needs/proposal/service.ts';
import type { Tx } from '../platform/database/database.ts';
import { scopeFor, type Caller } from '../platform/http/caller.ts';
import type { RequestKey } from '../platform/http/idempotency.ts';
import { deriveId, hashOf } from '../platform/ids.ts';
import { PolicyService } from '../policy/service.ts';
import { MATCHING_WORKFLOW, matchingCaseId } from './messages.ts';
import { runMachine, type RunCommand } from './model.ts';
import type * as schemas from './schemas.ts';
import { MatchingService } from './service.ts';
import { MatchingStore, type MatchingRun, type Reason } from './store.ts';

export interface Act {
  readonly caller: Caller;
  readonly key: RequestKey;
  readonly id: string;
}

type Body<Schema extends z.ZodType> = z.output<Schema>;

/** What may be asked of a matching run from outside. */
@Injectable()
export class MatchingCommands {
  readonly #cases: CaseCommands;
  readonly #matching: MatchingService;
  readonly #store: MatchingStore;
  readonly #proposals: ProposalService;
  readonly #policy: PolicyService;

  constructor(cases: CaseCommands, matching: MatchingService, store: MatchingStore, proposals: ProposalService, policy: PolicyService) {
    this.#cases = cases;
    this.#matching = matching;
    this.#store = store;
    this.#proposals = proposals;
    this.#policy = policy;
  }

  /** Freezes what is ready at the caller's place. Refuses `MATCHING_NOTHING_READY`. */
  open({ caller, key }: Omit<Act, 'id'>): Promise<MatchingRun> {
    const scope = scopeFor(caller, 'matching.run');
    const id = deriveId(key.commandId, 'run');
    return this.#cases.open<RunCommand, MatchingRun>({
      caller,
      scope,
      key,
      caseId: matchingCaseId(id),
      kind: runMachine.kind,
      starts: MATCHING_WORKFLOW,
      prepare: async (tx, at) => {
        if ((await this.#proposals.ready(tx)).length === 0) refuse('MATCHING_NOTHING_READY', 'rule');
        return { type: 'open', orgPath: scope.orgPath, policy: await this.#policy.current(tx, 'matching', at) };
      },
      view: (tx) => this.#matching.get(tx, id),
    });
  }

  /** Gathers the facts anew and solves again; what people chose stays as far as it still can. */
  replan(act: Act): Promise<MatchingRun> {
    return this.#send(act, 'matching.run', undefined, () => Promise.resolve({ type: 'replan' }));
  }

  /** The plan is solved anew with these choices; what cannot be chosen is refused here, as `preview` does. */
  change(act: Act, { choices, reason }: Body<typeof schemas.Change>): Promise<MatchingRun> {
    return this.#send(act, 'matching.override', { kind: 'change', reason }, async (tx) => {
      await this.#matching.assertChoosable(tx, act.id, choices);
      return { type: 'change', choices };
    });
  }

  confirm(act: Act, { planHash }: Body<typeof schemas.Confirmation>): Promise<MatchingRun> {
    return this.#send(act, 'matching.confirm', undefined, () => Promise.resolve({ type: 'confirm', planHash }));
  }

  cancel(act: Act, { reason }: Body<typeof schemas.Cancellation>): Promise<MatchingRun> {
    return this.#send(act, 'matching.confirm', { kind: 'cancellation', reason }, () => Promise.resolve({ type: 'cancel' }));
  }

  #send(
    { caller, key, id }: Act,
    permission: string,
    written: Pick<Reason, 'kind' | 'reason'> | undefined,
    ask: (tx: Tx) => Promise<Asked<RunCommand>>,
  ): Promise<MatchingRun> {
    const scope = scopeFor(caller, permission);
    return this.#cases.send<RunCommand, MatchingRun>({
      caller,
      scope,
      key,
      caseId: matchingCaseId(id),
      kind: runMachine.kind,
      prepare: async (tx, at) => {
        const run = await this.#matching.get(tx, id);
        // A wider run is readable from inside it, but not decided there.
        if (!within(run.orgPath, scope.orgPath)) refuse('FORBIDDEN', 'forbidden', { permission });
        const asked = await ask(tx);
        if (!written) return asked;
        const contentId = deriveId(key.commandId, written.kind);
        const contentHash = hashOf(written.kind, written.reason);
        await this.#store.saveReason(tx, key.commandId, { ...written, id: contentId, runId: id, hash: contentHash }, at);
        return { ...asked, contentId, contentHash };
      },
      view: (tx) => this.#matching.get(tx, id),
    });
  }
}
