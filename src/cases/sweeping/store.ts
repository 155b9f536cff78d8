import { Injectable } from '@nestjs/common';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';

export interface UnansweredCommand {
  readonly commandId: string;
  readonly caseId: string;
  readonly kind: string;
  readonly type: string;
  /** Workflow type that the command opens; null = the case runs already. */
  readonly starts: string | null;
  readonly bytes: Buffer;
  readonly accountId: string | null;
  readonly personId: string | null;
  readonly requestId: string | null;
  readonly network: string | null;
  readonly storedAt: Instant;
}

export interface UntakenFact {
  readonly sourceCase: string;
  readonly sourceVersion: number;
  readonly caseId: string;
  readonly commandId: string;
  readonly bytes: Buffer;
}

/** A case as the database knows it: whether a workflow that does not run is over, or lost. */
export type Standing = 'open' | 'closed' | 'none';

@Injectable()
export class SweepingStore {
  /** Takes those that nobody has sent since `before`: of several sweepers each row is one's alone. */
  async takeCommands(tx: Tx, commandIds: readonly string[], before: Instant): Promise<UnansweredCommand[]> {
    return tx.query<UnansweredCommand>(
      `UPDATE case_command SET sent_at = clock_timestamp()
        WHERE tenant_id = $1 AND command_id = ANY($2::text[]) AND taken_in_at IS NULL AND sent_at < $3
       RETURNING command_id AS "commandId", case_id AS "caseId", kind, type, starts, command_bytes AS bytes,
                 account_id AS "accountId", person_id AS "personId", request_id AS "requestId", network,
                 stored_at AS "storedAt"`,
      [tx.scope.tenant, commandIds, before],
    );
  }

  async takeFacts(tx: Tx, sources: readonly { source: string; version: number }[], before: Instant): Promise<UntakenFact[]> {
    return tx.query<UntakenFact>(
      `UPDATE case_message m SET sent_at = clock_timestamp()
         FROM jsonb_to_recordset($2::jsonb) AS s(source text, version integer)
        WHERE m.tenant_id = $1 AND m.source_case = s.source AND m.source_version = s.version
          AND m.taken_at IS NULL AND m.sent_at < $3
       RETURNING m.source_case AS "sourceCase", m.source_version AS "sourceVersion", m.target_case AS "caseId",
                 m.command_id AS "commandId", m.command_bytes AS bytes`,
      [tx.scope.tenant, JSON.stringify(sources), before],
    );
  }

  async standing(tx: Tx, caseId: string): Promise<Standing> {
    const [head] = await tx.query<{ closed: boolean }>(
      'SELECT closed FROM case_head WHERE tenant_id = $1 AND case_id = $2',
      [tx.scope.tenant, caseId],
    );
    if (!head) return 'none';
    return head.closed ? 'closed' : 'open';
  }
}
