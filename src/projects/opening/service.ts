import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../calendar/clock.ts';
import { caseInput, type CaseInput } from '../../cases/messages.ts';
import { refuse } from '../../kernel/refusal.ts';
import type { ActorId } from '../../kernel/scope.ts';
import { assertProposalCan } from '../../needs/proposal/model.ts';
import { ProposalService } from '../../needs/proposal/service.ts';
import { SearchWords } from '../../needs/search/service.ts';
import type { Tx } from '../../platform/database/database.ts';
import { deriveId } from '../../platform/ids.ts';
import { PolicyService } from '../../policy/service.ts';
import type { ProjectCommand } from '../lifecycle/model.ts';
import { projectCaseId } from '../messages.ts';
import { ProjectStore } from '../store.ts';
import { NUMBER_PREFIX } from './model.ts';

/** Which unit a confirmed plan names for a proposal; none = the open list. */
export interface Placement {
  readonly proposalId: string;
  readonly unitId: string | null;
}

export interface OpeningIntent {
  /** Of the confirmation: repeats find the same projects. */
  readonly commandId: string;
  readonly actor: ActorId;
  /** The confirmation of a plan took the proposals before; by hand they must still be ready. */
  readonly taken?: boolean;
}

export function projectIdFor(commandId: string, proposalId: string): string {
  return deriveId(commandId, proposalId);
}

/** Turns placed proposals into micro-projects: rows first, then whoever calls starts the cases. */
@Injectable()
export class ProjectOpening {
  readonly #store: ProjectStore;
  readonly #proposals: ProposalService;
  readonly #policy: PolicyService;
  readonly #clock: BusinessClock;
  readonly #words: SearchWords;

  constructor(store: ProjectStore, proposals: ProposalService, policy: PolicyService, clock: BusinessClock, words: SearchWords) {
    this.#store = store;
    this.#proposals = proposals;
    this.#policy = policy;
    this.#clock = clock;
    this.#words = words;
  }

  /** Drafts the rows and answers what the cases start with, in the order given. Refuses `PROPOSAL_UNKNOWN`, `PROPOSAL_NOT_IN_STATE`. */
  async draft(tx: Tx, placements: readonly Placement[], intent: OpeningIntent): Promise<CaseInput<ProjectCommand>[]> {
    const { now: at, mode } = await this.#clock.read(tx);
    const [policy, points] = [
      await this.#policy.current(tx, 'microProject', at),
      await this.#policy.current(tx, 'points', at),
    ];
    const proposals = await this.#proposals.byIds(tx, placements.map(({ proposalId }) => proposalId));
    const ids = placements.map(({ proposalId }) => projectIdFor(intent.commandId, proposalId));
    const drafted = await this.#store.known(tx, ids);
    const opened = placements.map(({ proposalId, unitId }) => {
      const proposal = proposals.get(proposalId) ?? refuse('PROPOSAL_UNKNOWN', 'unknown');
      const id = projectIdFor(intent.commandId, proposalId);
      if (!intent.taken && !drafted.has(id)) assertProposalCan(proposal, 'matched');
      return { id, proposal, unitId };
    });
    await this.#store.draft(
      tx,
      opened
        .filter(({ id }) => !drafted.has(id))
        .map(({ id, proposal }) => ({
          ...proposal,
          id,
          proposalId: proposal.id,
          words: this.#words.of(proposal.title, proposal.description),
        })),
      NUMBER_PREFIX,
      at,
    );
    await this.#proposals.markMatched(tx, [...proposals.keys()], { commandId: intent.commandId, at });
    return opened.map(({ id, proposal, unitId }) =>
      caseInput({
        tenant: tx.scope.tenant,
        caseId: projectCaseId(id),
        clock: { mode, now: at },
        open: {
          id: `open@${id}`,
          type: 'open',
          actor: intent.actor,
          at,
          proposalId: proposal.id,
          communityId: proposal.communityId,
          orgPath: proposal.orgPath,
          budgetFen: proposal.budgetFen,
          needs: proposal.needIds,
          policy,
          points,
          consentNeeded: proposal.sharedProperty,
          ...(unitId && { firstOffer: unitId }),
        },
      }),
    );
  }
}
