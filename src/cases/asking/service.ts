import { Injectable } from '@nestjs/common';
import { refuse, Refusal } from '../../kernel/refusal.ts';
import { tenantScope, type TenantId } from '../../kernel/scope.ts';
import { Database } from '../../platform/database/database.ts';
import { CaseGateway, CaseRefusal } from '../../platform/temporal/gateway.ts';
import { COMMAND_UPDATE, RESYNC_SIGNAL, updateIdOf, workflowIdOf, type Answer, type CaseInput } from '../messages.ts';
import type { Command } from '../model.ts';
import { CaseStore, type Standing } from '../store.ts';
import { Decisions } from '../decided/service.ts';
import { TakenIn } from '../taken-in/service.ts';

export interface Question {
  readonly tenant: TenantId;
  readonly caseId: string;
  readonly command: Command;
  /** For a command that opens its case: what to start, unless it runs already. */
  readonly start?: { readonly type: string; readonly input: CaseInput };
  /** May refuse from the read model when the command's turn comes. */
  readonly precheck?: () => Promise<void>;
}

/** A case that is still behind its journal by then is for recovery. */
const ATTEMPTS = 3;

/**
 * Asks a case until its answer rests on all that the journal holds. Crashes leave two kinds of wrong "no": the command
 * was decided by a sending whose answer nobody heard, and is now refused for its own effect; or the run has lost what
 * it committed last, and refuses from an older state. Refuses `ENGINE_UNAVAILABLE` when neither can be settled now.
 */
@Injectable()
export class CaseAsking {
  readonly #db: Database;
  readonly #gateway: CaseGateway;
  readonly #store: CaseStore;
  readonly #decisions: Decisions;
  readonly #takenIn: TakenIn;

  constructor(db: Database, gateway: CaseGateway, store: CaseStore, decisions: Decisions, takenIn: TakenIn) {
    this.#db = db;
    this.#gateway = gateway;
    this.#store = store;
    this.#decisions = decisions;
    this.#takenIn = takenIn;
  }

  async ask(question: Question): Promise<Answer> {
    const { tenant, caseId, command } = question;
    const workflowId = workflowIdOf(tenant, caseId);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#send(workflowId, question, attempt === 1);
      } catch (error) {
        if (!(error instanceof Refusal) || error.kind === 'unavailable') throw error;
        const standing = await this.#db.within(tenantScope(tenant), (tx) => this.#store.standing(tx, caseId, command.id));
        if (!standing) throw error;
        if (standing.decided !== null && standing.closed) {
          this.#takenIn.mark(tenant, command.id);
          return { version: standing.decided };
        }
        const stale = isStale(error, standing);
        if (!stale && standing.decided === null) throw standing.closed && error.code === 'CASE_NOT_RUNNING' ? new Refusal('CASE_CLOSED', 'state') : error;
        if (error.code === 'CASE_NOT_RUNNING' || attempt === ATTEMPTS) refuse('ENGINE_UNAVAILABLE', 'unavailable');
        if (stale) await this.#gateway.signal(workflowId, RESYNC_SIGNAL);
      }
    }
  }

  /** Only the first time with its precheck: after that the case itself must look. */
  #send(workflowId: string, { tenant, command, start, precheck }: Question, first: boolean): Promise<Answer> {
    const taken = (answer: Promise<Answer>): Promise<Answer> => this.#takenIn.by(tenant, command.id, answer);
    const id = updateIdOf(command);
    if (start) return taken(this.#gateway.open<Answer>({ ...start, workflowId }, COMMAND_UPDATE, id, command));
    return this.#decisions.first(command.id, () =>
      taken(this.#gateway.update<Answer>(workflowId, COMMAND_UPDATE, id, command, first ? precheck : undefined)),
    );
  }
}

/** Open in the database but not running, or refused from a version that is not the last one. */
function isStale(refusal: Refusal, { version, closed }: Standing): boolean {
  if (refusal.code === 'CASE_NOT_RUNNING') return !closed;
  return refusal instanceof CaseRefusal && refusal.version !== undefined && refusal.version < version;
}
