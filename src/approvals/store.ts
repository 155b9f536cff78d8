import { Injectable } from '@nestjs/common';
import { refuse, type RefusalKind } from '../kernel/refusal.ts';
import type { Instant } from '../kernel/time.ts';
import type { Tx } from '../platform/database/database.ts';
import { violatedConstraint } from '../platform/database/violation.ts';
import { deriveId } from '../platform/ids.ts';
import { progressOf, type Approval, type ApprovalState, type OpenRequest, type Subject } from './model.ts';

const VIOLATIONS: Readonly<Record<string, readonly [code: string, kind: RefusalKind]>> = {
  approvals_vote_person: ['APPROVALS_TWICE', 'rule'],
  approvals_vote_digest: ['APPROVALS_DIGEST_CHANGED', 'state'],
  approvals_vote_not_preparer: ['APPROVALS_PREPARER', 'rule'],
  approvals_vote_live: ['APPROVALS_NOT_OPEN', 'state'],
};

export interface LiveRequest {
  readonly id: string;
  readonly digest: string;
  readonly needed: number;
  readonly preparers: readonly string[];
}

interface VoteRow {
  readonly personId: string;
  readonly commandId: string;
  readonly at: Instant;
}

@Injectable()
export class ApprovalsStore {
  async openRequest(tx: Tx, request: OpenRequest): Promise<void> {
    await tx.query(
      `INSERT INTO approvals_request
         (tenant_id, id, subject_kind, subject_id, digest, needed, preparers, opened_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        tx.scope.tenant,
        deriveId(request.commandId, `approval/${request.subject.kind}/${request.subject.id}`),
        request.subject.kind,
        request.subject.id,
        request.digest,
        request.needed,
        request.preparers,
        request.at,
      ],
    );
  }

  async voidRequest(tx: Tx, id: string, at: Instant): Promise<void> {
    await tx.query('UPDATE approvals_request SET voided_at = $3 WHERE tenant_id = $1 AND id = $2', [
      tx.scope.tenant,
      id,
      at,
    ]);
  }

  /** Locked, so that two approvers at the same instant are counted one after the other. */
  async lockLive(tx: Tx, subject: Subject): Promise<LiveRequest | undefined> {
    return this.#live(tx, subject, 'FOR NO KEY UPDATE');
  }

  async live(tx: Tx, subject: Subject): Promise<LiveRequest | undefined> {
    return this.#live(tx, subject, '');
  }

  async stateOf(tx: Tx, request: LiveRequest): Promise<ApprovalState & { readonly commandIds: readonly string[] }> {
    const votes = await tx.query<VoteRow>(
      `SELECT person_id AS "personId", command_id AS "commandId", at FROM approvals_vote
       WHERE tenant_id = $1 AND request_id = $2 ORDER BY at, person_id`,
      [tx.scope.tenant, request.id],
    );
    return {
      ...progressOf(votes.length, request.needed),
      digest: request.digest,
      preparers: request.preparers,
      approvers: votes.map(({ personId, at }) => ({ personId, at })),
      commandIds: votes.map((vote) => vote.commandId),
    };
  }

  async insertVote(tx: Tx, requestId: string, approval: Approval): Promise<void> {
    try {
      await tx.query(
        `INSERT INTO approvals_vote
           (tenant_id, request_id, person_id, digest, command_id, account_id, on_behalf_of, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [
          tx.scope.tenant,
          requestId,
          approval.personId,
          approval.digest,
          approval.commandId,
          approval.accountId,
          approval.onBehalfOf ?? null,
          approval.at,
        ],
      );
    } catch (error) {
      const violation = VIOLATIONS[violatedConstraint(error) ?? ''];
      if (violation) refuse(...violation);
      throw error;
    }
  }

  async #live(tx: Tx, subject: Subject, lock: '' | 'FOR NO KEY UPDATE'): Promise<LiveRequest | undefined> {
    const rows = await tx.query<LiveRequest>(
      `SELECT id, digest, needed, preparers::text[] AS preparers FROM approvals_request
       WHERE tenant_id = $1 AND subject_kind = $2 AND subject_id = $3 AND voided_at IS NULL ${lock}`,
      [tx.scope.tenant, subject.kind, subject.id],
    );
    return rows[0];
  }
}
